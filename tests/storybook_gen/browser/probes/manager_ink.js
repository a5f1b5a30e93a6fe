// The text colour of the sidebar.
await new Promise((done) => setTimeout(done, 600));
return getComputedStyle(window.parent.document.querySelector('.sidebar-container, nav, #storybook-explorer-tree').closest('div, nav')).color;

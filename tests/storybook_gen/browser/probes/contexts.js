// The contexts that hold.
const { theme, density, dssScheme } = document.documentElement.dataset;
return [theme, density, dssScheme];

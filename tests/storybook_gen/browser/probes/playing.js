// Plays the first curve.
const play = document.querySelector('.dss-play');
play.click();
const ball = document.querySelector('.dss-ball');
return [ball.getAnimations().length, ball.style.translate !== '', document.getAnimations().length];

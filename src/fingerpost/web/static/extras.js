// Only additions: every page works without any of this.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const problems = document.querySelector(".problems");
  if (problems) problems.focus();
});

// The print button of a page that is made for paper.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// Tabs switch their own block and nothing else: Material would also write the tab into the address.

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.(".tabbed-labels > label > a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const input = document.getElementById(link.parentElement.htmlFor);
    input.click();
    input.focus({ preventScroll: true }); // the arrow keys go on from here
  },
  true,
);

// Material puts a link into each label: to a screen reader every tab would be there twice.
document$.subscribe(() => setTimeout(() => {
  for (const link of document.querySelectorAll(".tabbed-labels > label > a")) link.removeAttribute("href")
})) // Material's own subscriber comes after this one

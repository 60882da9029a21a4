// A table that is wider than the screen scrolls in a frame of Material's; the keyboard has to reach it.

const FRAME = ".md-typeset__scrollwrap"
const frames = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})

document$.subscribe(() => {
  frames.disconnect()
  for (const frame of document.querySelectorAll(FRAME)) frames.observe(frame)
})

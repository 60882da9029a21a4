// The reading mode: both languages, one, or English on tap.
{
  const root = document.documentElement
  const menu = document.querySelector("[data-reading-menu]")
  const modes = [...menu.querySelectorAll("input")].map((radio) => radio.value)

  const modeOf = () => root.dataset.reading || "both"

  // What the reader looks at stays where it is, though text above it comes or goes.
  const keepPlace = (change) => {
    const seen = [...document.querySelectorAll("article :is(h1, h2, h3, h4, p, li, pre, table)")]
      .filter((element) => element.getClientRects().length && element.getBoundingClientRect().bottom > 64)
      .slice(0, 24)
      .map((element) => [element, element.getBoundingClientRect().top])
    change()
    const [kept, top] = seen.find(([element]) => element.getClientRects().length) || []
    if (kept && scrollY > 0) scrollBy({ top: kept.getBoundingClientRect().top - top, behavior: "instant" })
  }

  const show = (mode) => {
    if (mode === "both") delete root.dataset.reading
    else root.dataset.reading = mode
    for (const radio of menu.querySelectorAll("input")) radio.checked = radio.value === mode
    if (mode === "tap") addButtons()
  }

  const remember = (mode) => {
    try {
      localStorage.setItem("reading", mode)
      sessionStorage.removeItem("reading")
    } catch {} // no storage: the choice holds until the window closes
    const address = new URL(location)
    if (address.searchParams.has("lang")) {
      address.searchParams.delete("lang")
      history.replaceState(history.state, "", address)
    }
  }

  // Each Korean block gets a button that shows the English after it.
  const addButtons = () => {
    document.querySelectorAll("blockquote.bitext:not([id])").forEach((quote, at) => {
      const korean = quote.previousElementSibling
      if (!korean?.matches(".bitext[lang=ko]")) return
      quote.id = `__english_${at}`
      const button = Object.assign(document.createElement("button"), {
        className: "bitext-tap",
        lang: "en",
        textContent: "English",
        type: "button",
      })
      button.setAttribute("aria-controls", quote.id)
      button.setAttribute("aria-expanded", "false")
      button.addEventListener("click", () => {
        const open = quote.classList.toggle("bitext--open")
        button.setAttribute("aria-expanded", String(open))
      })
      if (korean.matches("p, span")) korean.append(" ", button)
      else korean.after(button)
    })
  }

  menu.addEventListener("change", (event) => {
    remember(event.target.value)
    keepPlace(() => show(event.target.value))
  })
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return
    menu.open = false
    menu.querySelector("summary").focus()
  })
  const close = (event) => {
    if (!menu.contains(event.target)) menu.open = false
  }
  document.addEventListener("click", close)
  document.addEventListener("focusin", close)
  // Instant navigation does not run the head again for a link that carries a mode.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='lang=']")
    const asked = link && !event.ctrlKey && !event.metaKey && new URL(link.href).searchParams.get("lang")
    if (modes.includes(asked) && link.host === location.host) show(asked)
  })
  // Another window of the site has changed it.
  addEventListener("storage", (event) => {
    if (event.key === "reading" && modes.includes(event.newValue)) show(event.newValue)
  })
  document$.subscribe(() => show(modeOf()))
}

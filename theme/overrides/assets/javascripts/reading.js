// The reading mode: both languages, one, or English on tap.
{
  const root = document.documentElement
  const menu = document.querySelector("[data-reading-menu]")
  const radios = [...menu.querySelectorAll("input[name=reading]")]
  const modes = radios.map((radio) => radio.value)

  const modeOf = () => root.dataset.reading || "both"

  const show = (mode) => {
    if (mode === "both") delete root.dataset.reading
    else root.dataset.reading = mode
    for (const radio of radios) radio.checked = radio.value === mode
    if (mode === "tap") addButtons()
    nameAll(mode)
    sortTerms(mode)
  }

  const remember = (mode) => {
    try {
      localStorage.setItem("reading", mode)
      name = "" // no link decides any more
    } catch {
      name = `reading=${mode}` // no storage: the choice holds until the window closes
    }
    delete root.dataset.readingAsk
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

  document.querySelector("[data-ask]").addEventListener("click", ({ target }) => {
    if (!target.value) return
    remember(target.value)
    keepPlace(() => show(target.value))
  })
  menu.addEventListener("change", ({ target }) => {
    if (target.name !== "reading") return
    remember(target.value)
    keepPlace(() => show(target.value))
  })
  // An attribute of the root: with `body:has()`, each change of a page would restyle all of it.
  menu.addEventListener("toggle", () => root.toggleAttribute("data-menu-open", menu.open))
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

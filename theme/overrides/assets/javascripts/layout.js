// Where outputs stand: with their code, or in tabs. The choice is in the menu of languages.
{
  const root = document.documentElement
  const menu = document.querySelector("[data-reading-menu]")
  const radios = [...menu.querySelectorAll("input[name=outputs]")]

  const show = (layout) => {
    if (layout === "tabs") root.dataset.outputs = layout
    else delete root.dataset.outputs
    for (const radio of radios) radio.checked = radio.value === (root.dataset.outputs ?? "shown")
  }

  menu.addEventListener("change", ({ target }) => {
    if (target.name !== "outputs") return
    try {
      localStorage.setItem("outputs", target.value)
    } catch {} // no storage: the choice holds until the window closes
    keepPlace(() => show(target.value))
  })
  // Another window of the site has changed it.
  addEventListener("storage", ({ key, newValue }) => {
    if (key === "outputs") show(newValue)
  })
  show(root.dataset.outputs)
}

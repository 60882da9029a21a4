// Where outputs stand: with their code, or in tabs. The choice is in the menu of languages.
{
  const root = document.documentElement
  const menu = document.querySelector("[data-reading-menu]")
  const radios = [...menu.querySelectorAll("input[name=outputs]")]

  const show = (layout) => {
    if (layout === "tabs") root.dataset.outputs = layout
    else delete root.dataset.outputs
    for (const radio of radios) radio.checked = radio.value === (root.dataset.outputs ?? "shown")
    nameTabs()
  }

  // Tabs are a group of radio buttons, which has a name only while they can be used.
  const nameTabs = () => {
    document.querySelectorAll(".codeout-cell").forEach((cell, at) => {
      cell.role = root.dataset.outputs ? "radiogroup" : null
      cell.ariaLabel = root.dataset.outputs ? `코드와 출력 · Code and output ${at + 1}` : null
    })
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
  document$.subscribe(() => show(root.dataset.outputs))
}

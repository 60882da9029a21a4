// Where outputs stand: with their code, or in tabs. The choice is in the menu of languages.
{
  const NAMES = ["Code", "Out"]
  const root = document.documentElement
  const menu = document.querySelector("[data-reading-menu]")
  const radios = [...menu.querySelectorAll("input[name=outputs]")]

  const show = (layout) => {
    if (layout === "tabs") root.dataset.outputs = layout
    else delete root.dataset.outputs
    for (const radio of radios) radio.checked = radio.value === (root.dataset.outputs ?? "shown")
    document.querySelectorAll(".codeout-cell").forEach((cell, at) => {
      if (root.dataset.outputs) addTabs(cell, at)
      // Tabs are a group of radio buttons, which has a name only while they can be used.
      cell.role = root.dataset.outputs ? "radiogroup" : null
      cell.ariaLabel = root.dataset.outputs ? `코드와 출력 · Code and output ${at + 1}` : null
    })
  }

  // The built pages have no tabs in cells: most readers do without them.
  const addTabs = (cell, at) => {
    if (cell.querySelector(":scope > input")) return
    const labels = Object.assign(document.createElement("div"), { className: "tabbed-labels" })
    const inputs = [...cell.lastElementChild.children].map((_, place) => Object.assign(
      document.createElement("input"),
      { type: "radio", name: `__cell_${at}`, id: `__cell_${at}_${place}`, checked: place === 0 },
    ))
    inputs.forEach(({ id }, place) => labels.append(Object.assign(
      document.createElement("label"), { htmlFor: id, textContent: NAMES[place] },
    )))
    cell.prepend(...inputs, labels)
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

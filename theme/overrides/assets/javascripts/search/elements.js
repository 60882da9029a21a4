// Elements of the dialog, and words in both languages: reading.css shows those of the reader.

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

export const inBoth = (korean, english) => element("span", {}, ...pair([korean], [english]))

export function pair(korean, english) {
  const half = (lang, nodes) => element("span", { className: "bitext", lang }, ...nodes)
  const dot = element("span", { className: "bitext-dot" }, " · ")
  return [half("ko", korean), dot, half("en", english)]
}

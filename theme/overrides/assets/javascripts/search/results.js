// What the dialog shows of what was found.

import { element, pair } from "./elements.js"
import { marked, pattern } from "./marks.js"
import { noticesOf, unfold } from "./notices.js"
import { teaser } from "./teaser.js"

const MOST_MARKED = 8 // words handed on to the page

// Show the answer to a query; null where there is none. `again` searches once more, with options.
export function showResults(dialog, answer, site, { again, unfolded = false }) {
  const part = (name) => dialog.querySelector(`.search__${name}`)
  const folded = Boolean(answer?.folded) && !unfolded
  const list = part("results")
  const shown = answer && !folded ? answer.pages : []
  list.replaceChildren(...shown.map((results, at) => group(results, at, site)))
  list.hidden = !shown.length
  part("status").replaceChildren(...(answer ? noticesOf({ ...answer, folded }, again) : []))
  part("rest").replaceChildren(...(folded && answer.pages.length ? [unfold(answer, again)] : []))
  const first = list.querySelector("[role=option]")
  first?.setAttribute("aria-selected", "true")
  part("field").setAttribute("aria-expanded", String(shown.length > 0))
  part("field").setAttribute("aria-activedescendant", first?.id ?? "")
}

// The sections of a page, under its title.
function group(results, at, site) {
  const id = `search-page-${at}`
  const title = titleOf(results[0].page.sections[0])
  const label = element("div", { id, className: "search__page", role: "presentation" }, ...title)
  const whole = element("div", { role: "group" }, label, ...results.map((one) => option(one, site)))
  whole.setAttribute("aria-labelledby", id)
  return whole
}

function option({ page, section, words, at }, site) {
  const found = pattern(words)
  const english = document.documentElement.dataset.reading === "en"
  const { line, lang } = teaser(section, found, english ? ["en", "ko"] : ["ko", "en"])
  const link = element(
    "a",
    { className: "search__result", id: `search-result-${at}`, role: "option", tabIndex: -1 },
    element("span", { className: "search__title" }, ...titleOf(section, found)),
    element("span", { className: "search__teaser", lang }, ...marked(line, found)),
  )
  link.href = address(page, section, words, site)
  link.setAttribute("aria-selected", "false")
  return link
}

function address(page, section, words, site) {
  const url = new URL(page.url, site)
  if (words.length) url.searchParams.set("h", words.slice(0, MOST_MARKED).join(" "))
  url.hash = section.id
  return url.href
}

function titleOf({ title: { ko, en } }, found = null) {
  if (ko && en) return pair(marked(ko, found), marked(en, found))
  return [element("span", { lang: ko ? "ko" : "en" }, ...marked(ko ?? en ?? "", found))]
}

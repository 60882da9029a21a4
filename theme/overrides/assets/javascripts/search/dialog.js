// The dialog: a field and the list of what it finds. The focus stays in the field, and arrow keys
// choose.

import { Engine } from "./engine.js"
import { loadIndex } from "./load.js"
import { showResults } from "./results.js"

const LOADING = "검색을 준비하고 있습니다 · Getting search ready"
const FAILED =
  "검색 자료를 불러오지 못했습니다. 인터넷 연결을 확인하고 다시 여세요 · " +
  "The search could not be loaded. Check your connection, and open it again"
const TEMPLATE = `
  <form class="search__form" role="search">
    <input class="search__field" type="text" role="combobox" enterkeyhint="search" maxlength="500"
      autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="검색 · Search"
      aria-label="검색 · Search" aria-autocomplete="list" aria-expanded="false"
      aria-controls="search-results">
    <button class="search__close" type="button" aria-label="닫기 · Close">×</button>
  </form>
  <div class="search__status" role="status"></div>
  <div class="search__results" id="search-results" role="listbox" aria-label="검색 · Search"></div>
  <div class="search__rest"></div>`

let dialog, engine

// Open the search of a site; `site` is its address.
export function open(site) {
  dialog ??= make(site)
  if (!dialog.element.open) dialog.element.showModal()
  dialog.field.select()
  dialog.load()
}

function make(site) {
  const element = document.createElement("dialog")
  element.className = "search"
  element.ariaLabel = "검색 · Search"
  element.innerHTML = TEMPLATE
  document.body.append(element)
  const field = element.querySelector("input")
  const status = element.querySelector(".search__status")
  const update = (options = {}) => {
    const answer = engine && field.value.trim() ? engine.search(field.value, options) : null
    if (engine) showResults(element, answer, site, { again: update, ...options })
  }
  const load = async () => {
    if (!engine) status.textContent = LOADING
    try {
      engine ??= new Engine(await loadIndex(site))
      update()
    } catch (error) {
      console.warn(error)
      status.textContent = FAILED
    }
  }
  field.addEventListener("input", () => update())
  element.addEventListener("keydown", (event) => choose(event, element, field))
  element.addEventListener("click", (event) => {
    const leaves = event.target === element || event.target.closest(".search__close, a[href]")
    if (leaves && !event.ctrlKey && !event.metaKey) element.close()
  })
  element.querySelector("form").addEventListener("submit", (event) => event.preventDefault())
  return { element, field, load }
}

// Arrow keys move through the results, and Enter follows the chosen one.
function choose(event, element, field) {
  if (event.isComposing || event.target !== field) return
  const options = [...element.querySelectorAll("[role=option]")]
  const at = options.findIndex((option) => option.ariaSelected === "true")
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (event.key === "Enter") options[at]?.click()
  if (!step || !options.length) return
  event.preventDefault()
  const next = options[(at + step + options.length) % options.length]
  options[at].ariaSelected = "false"
  next.ariaSelected = "true"
  next.scrollIntoView({ block: "nearest" })
  field.setAttribute("aria-activedescendant", next.id)
}

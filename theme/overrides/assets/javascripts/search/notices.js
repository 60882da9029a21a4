// What the dialog says above the results: what was understood, and what the site does not have.

import { element, inBoth } from "./elements.js"
import { sound } from "./jamo.js"

const line = (korean, english) => element("p", {}, inBoth(korean, english))
const quoted = (words) => words.map((word) => `‘${word}’`).join(", ")

// `again` searches once more, with options.
export function noticesOf({ pages, missing, folded, understood }, again) {
  const notices = understood.length ? [understoodAs(understood, again)] : []
  if (missing.length) {
    const words = quoted(missing)
    notices.push(line(`이 사이트에 없는 말입니다: ${words}`, `Not on this site: ${words}`))
  }
  if (!pages.length && !missing.length) notices.push(line("찾은 것이 없습니다", "Nothing found"))
  if (pages.length && !folded) {
    const count = line(`찾은 페이지 ${pages.length}개`, `Pages found: ${pages.length}`)
    notices.push(Object.assign(count, { className: "search__count" }))
  }
  return notices
}

function understoodAs(understood, again) {
  const meant = quoted(understood.map((term) => term.meant))
  const typed = quoted(understood.map((term) => term.typed))
  const by = particle(understood.at(-1).meant)
  const told = line(`${meant}${by} 찾았습니다`, `Showing results for ${meant}`)
  const literally = () => again({ literal: true })
  told.append(" ", button(`${typed} 그대로 찾기`, `Search for ${typed} instead`, literally))
  return told
}

// 로 or 으로, as the word before it sounds.
function particle(word) {
  if (!/[가-힣]$/.test(word)) return "(으)로"
  return sound(word) === "consonant" ? "으로" : "로"
}

// Shows what is folded.
export function unfold({ pages }, again) {
  return button(
    `나머지 말로 찾은 페이지 ${pages.length}개 보기`,
    `Show ${pages.length} found by the other words`,
    () => again({ unfolded: true }),
  )
}

function button(korean, english, pressed) {
  const made = element("button", { type: "button" }, inBoth(korean, english))
  made.addEventListener("click", pressed)
  return made
}

// Loads the index, and gives each section its texts, which the file has by kind.

export async function loadIndex(site) {
  const { texts, ...data } = await (await fetch(new URL("search/index.json", site))).json()
  const { ko, en, code, said, about, asked } = texts
  const sections = data.pages.flatMap((page) => page.sections)
  sections.forEach((section, at) => {
    const text = { ko: ko[at], en: en[at] }
    const others = { code: code[at], said: said[at], about: about[at], asked: asked[at] }
    Object.assign(section, { text, ...others })
  })
  return data
}

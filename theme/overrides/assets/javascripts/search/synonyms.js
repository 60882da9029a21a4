// Names of one thing, of one word or several: 학습률 and learning rate.

export class Synonyms {
  // `same` is a list of such lists; `read` gives the words of a name, `stem` the stem of a word.
  constructor(same, read, stem) {
    this.names = new Map()
    for (const group of same) {
      const all = group.map(read)
      for (const name of all) {
        const key = name.map(stem).join("")
        this.names.set(key, [...(this.names.get(key) ?? []), ...all])
      }
    }
  }

  // The names that mean what these stems mean, each as a list of words.
  of(stems) {
    return this.names.get(stems.join("")) ?? []
  }

  *words() {
    for (const names of this.names.values()) for (const name of names) yield* name
  }
}

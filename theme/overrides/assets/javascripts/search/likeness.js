// How alike a query is to the questions that sections answer: the cosine of their pieces, with the
// weights of TF-IDF.

export class Likeness {
  // `pieces` are those of the questions.
  constructor(pieces) {
    this.pieces = pieces
    this.lengths = new Float32Array(pieces.texts)
    for (const piece of pieces)
      for (const at of pieces.having(piece)) this.lengths[at] += this.rare(piece) ** 2
    this.lengths = this.lengths.map(Math.sqrt)
  }

  // For each question, how alike it is: 0 to 1.
  of(words) {
    const alike = new Float32Array(this.pieces.texts)
    const pieces = this.pieces.of(words)
    const length = this.length(pieces)
    for (const piece of pieces) {
      const weight = this.rare(piece) ** 2
      for (const at of this.pieces.having(piece)) alike[at] += weight / length / this.lengths[at]
    }
    return alike.map((share) => Math.min(1, share))
  }

  rare(piece) {
    return Math.log(1 + this.pieces.texts / (this.pieces.count(piece) || 1))
  }

  length(pieces) {
    return Math.hypot(...pieces.map((piece) => this.rare(piece))) || 1
  }
}

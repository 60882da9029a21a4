// Sums of numbers, and of what numbers weigh.

export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
export const product = (weights, values) => sum(weights.map((weight, at) => weight * values[at]))

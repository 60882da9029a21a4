// Whether two words are a few slips apart: letters too many, missing, wrong, or out of order.

export function isWithin(one, other, slips) {
  if (Math.abs(one.length - other.length) > slips) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  if (start === one.length && start === other.length) return true
  if (!slips) return false
  const rest = (skipped, otherSkipped) =>
    isWithin(one.slice(start + skipped), other.slice(start + otherSkipped), slips - 1)
  const isSwapped = one[start] === other[start + 1] && one[start + 1] === other[start]
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || (isSwapped && rest(2, 2))
}

package import Porting

/// A number with at most two decimals below 1 or when asked for, and else one.
package func decimal(_ value: Double, hundredths: Bool = false) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "?" }
  let factor: Double = hundredths || abs(value) < 1 ? 100 : 10
  let scaled = Int64((value * factor).rounded())
  let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(factor))
  if rest == 0 { return "\(whole)" }
  var digits = String(rest.magnitude)
  while digits.utf8.count < (factor == 100 ? 2 : 1) { digits = "0" + digits }
  while digits.hasSuffix("0") { digits.removeLast() }
  return "\(value < 0 && whole == 0 ? "-" : "")\(whole).\(digits)"
}

extension ThreePointHours {
  /// The hours at best, most likely and at worst, such as `2/7/29`.
  package var text: String { "\(decimal(optimistic))/\(decimal(likely))/\(decimal(pessimistic))" }
}

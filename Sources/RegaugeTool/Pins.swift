import CommandLineKit

/// A symbolic dimension with the extent it is fixed to, written `NAME=EXTENT`.
struct PinnedDimension: Sendable {
  let name: String
  let extent: Int64

  static let format = ValueFormat<PinnedDimension>(
    describe: { "\($0.name)=\($0.extent)" },
    parse: { (text) throws(ValueFailure) in
      guard let equals = text.lastIndex(of: "="), equals != text.startIndex,
        let extent = Int64(text[text.index(after: equals)...]), extent >= 0
      else { throw ValueFailure("is not of the form NAME=EXTENT, as in batch=1") }
      return PinnedDimension(name: String(text[..<equals]), extent: extent)
    })
}

/// An input with the shape it is fixed to, written `INPUT=AxBxC`; `?` leaves a dimension as it is.
struct PinnedShape: Sendable {
  let input: String
  let shape: [Int64?]

  static let format = ValueFormat<PinnedShape>(
    describe: { pin in
      "\(pin.input)=" + pin.shape.map { $0.map(String.init) ?? "?" }.joined(separator: "x")
    },
    parse: { (text) throws(ValueFailure) in
      guard let equals = text.lastIndex(of: "="), equals != text.startIndex else {
        throw ValueFailure("is not of the form INPUT=AxBxC, as in x=1x3x224x224")
      }
      var shape: [Int64?] = []
      for part in text[text.index(after: equals)...].split(separator: "x") {
        if part == "?" {
          shape.append(nil)
        } else if let extent = Int64(part), extent >= 0 {
          shape.append(extent)
        } else {
          throw ValueFailure("has the dimension '\(part)', which is no number")
        }
      }
      return PinnedShape(input: String(text[..<equals]), shape: shape)
    })
}

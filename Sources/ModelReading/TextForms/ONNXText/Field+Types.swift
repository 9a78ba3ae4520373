/// Field numbers of the messages that ONNX's textual syntax spells as punctuation.
extension Field {
  enum OperatorSet {
    static let domain: UInt32 = 1
    static let version: UInt32 = 2
  }
  enum TextPair {
    static let key: UInt32 = 1
    static let value: UInt32 = 2
  }
  enum ValueInfo {
    static let name: UInt32 = 1
    static let type: UInt32 = 2
  }
  enum TypeChoice {
    static let tensor: UInt32 = 1
    static let sequence: UInt32 = 4
    static let map: UInt32 = 5
    static let opaque: UInt32 = 7
    static let sparseTensor: UInt32 = 8
    static let optional: UInt32 = 9
  }
  /// Of tensors and sparse tensors alike.
  enum TensorType {
    static let elementType: UInt32 = 1
    static let shape: UInt32 = 2
  }
  /// Of sequences and optionals alike.
  enum ContainerType {
    static let elementType: UInt32 = 1
  }
  enum MapType {
    static let key: UInt32 = 1
    static let value: UInt32 = 2
  }
  enum OpaqueType {
    static let domain: UInt32 = 1
    static let name: UInt32 = 2
  }
  enum Shape {
    static let dimension: UInt32 = 1
  }
  enum Dimension {
    static let value: UInt32 = 1
    static let parameter: UInt32 = 2
  }
}

extension Field.Function {
  static let documentation: UInt32 = 8
}

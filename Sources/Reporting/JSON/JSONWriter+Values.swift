import Bytes
import Inference
import ModelGraph

extension JSONWriter {
  /// Writes values by name.
  mutating func write(_ values: [ValueSummary]) {
    key("values")
    object { json in
      for value in values {
        json.key(value.name)
        json.write(value.type)
      }
    }
  }

  private mutating func write(_ type: InferredType) {
    switch type {
    case .unknown: null()
    case .tensor(let element, let shape):
      object { json in
        json.member("type", "tensor")
        json.writeTensor(element.name, isKnown: element != .undefined, shape)
      }
    case .sparseTensor(let element, let shape):
      object { json in
        json.member("type", "sparse_tensor")
        json.writeTensor(element.name, isKnown: element != .undefined, shape)
      }
    case .sequence(let element): write("sequence", element)
    case .optional(let element): write("optional", element)
    case .map(let key, let value):
      object { json in
        json.member("type", "map")
        json.member("key", key.name)
        json.key("value")
        json.write(value)
      }
    case .opaque: object { json in json.member("type", "opaque") }
    }
  }

  private mutating func write(_ kind: String, _ element: InferredType) {
    object { json in
      json.member("type", kind)
      json.key("element")
      json.write(element)
    }
  }

  private mutating func writeTensor(
    _ element: String, isKnown: Bool, _ shape: [SymbolicDimension]?
  ) {
    key("dtype")
    if isKnown { string(element) } else { null() }
    key("shape")
    guard let shape else { return null() }
    array { json in
      for dimension in shape {
        switch dimension {
        case .fixed(let extent): json.integer(extent)
        case .expression(let text): json.text(text)
        case .dynamic, .unknown: json.null()
        }
      }
    }
  }
}

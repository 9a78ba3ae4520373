/// Field numbers of the ONNX messages that carry the graph (onnx.in.proto).
enum Field {
  enum Model {
    static let irVersion: UInt32 = 1
    static let producerName: UInt32 = 2
    static let producerVersion: UInt32 = 3
    static let domain: UInt32 = 4
    static let modelVersion: UInt32 = 5
    static let documentation: UInt32 = 6
    static let graph: UInt32 = 7
    static let opsetImport: UInt32 = 8
    static let metadata: UInt32 = 14
    static let trainingInfo: UInt32 = 20
    static let functions: UInt32 = 25
    static let configuration: UInt32 = 26
  }
  enum Graph {
    static let node: UInt32 = 1
    static let name: UInt32 = 2
    static let initializer: UInt32 = 5
    static let input: UInt32 = 11
    static let output: UInt32 = 12
    static let valueInfo: UInt32 = 13
    static let quantizationAnnotation: UInt32 = 14
    static let sparseInitializer: UInt32 = 15
  }
  enum Function {
    static let name: UInt32 = 1
    static let input: UInt32 = 4
    static let output: UInt32 = 5
    static let attribute: UInt32 = 6
    static let node: UInt32 = 7
    static let documentation: UInt32 = 8
    static let opsetImport: UInt32 = 9
    static let domain: UInt32 = 10
    static let attributeDefault: UInt32 = 11
    static let valueInfo: UInt32 = 12
    static let overload: UInt32 = 13
  }
  enum Node {
    static let input: UInt32 = 1
    static let output: UInt32 = 2
    static let name: UInt32 = 3
    static let operatorType: UInt32 = 4
    static let attribute: UInt32 = 5
    static let domain: UInt32 = 7
    static let overload: UInt32 = 8
  }
  enum Attribute {
    static let name: UInt32 = 1
    static let float: UInt32 = 2
    static let int: UInt32 = 3
    static let string: UInt32 = 4
    static let tensor: UInt32 = 5
    static let graph: UInt32 = 6
    static let floats: UInt32 = 7
    static let ints: UInt32 = 8
    static let strings: UInt32 = 9
    static let tensors: UInt32 = 10
    static let graphs: UInt32 = 11
    static let typeProto: UInt32 = 14
    static let typeProtos: UInt32 = 15
    static let type: UInt32 = 20
    static let reference: UInt32 = 21
    static let sparseTensor: UInt32 = 22
    static let sparseTensors: UInt32 = 23
    /// Written by the text readers only: the length of a list that was not kept.
    static let elidedListLength: UInt32 = 536_870_910
  }
  enum Tensor {
    static let dims: UInt32 = 1
    static let dataType: UInt32 = 2
    static let floatData: UInt32 = 4
    static let int32Data: UInt32 = 5
    static let stringData: UInt32 = 6
    static let int64Data: UInt32 = 7
    static let name: UInt32 = 8
    static let rawData: UInt32 = 9
    static let doubleData: UInt32 = 10
    static let uint64Data: UInt32 = 11
    static let externalData: UInt32 = 13
    static let dataLocation: UInt32 = 14
    /// Written by the text readers only: the bytes of a payload that was not kept.
    static let elidedBytes: UInt32 = 536_870_911
  }
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
  enum QuantizationAnnotation {
    static let tensor: UInt32 = 1
    static let parameter: UInt32 = 2
  }
  enum TrainingInfo {
    static let initialization: UInt32 = 1
    static let algorithm: UInt32 = 2
  }
  enum DeviceConfiguration {
    static let name: UInt32 = 1
    static let deviceCount: UInt32 = 2
  }
}

public import Bytes

/// What is wrong with a file of efforts or routes, and where.
public typealias EffortFailure = FieldFailure

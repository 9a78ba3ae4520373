public import Bytes

/// What is wrong with a manifest, and where.
public typealias ManifestFailure = FieldFailure

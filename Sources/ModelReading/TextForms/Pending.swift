import Bytes
func transcodeONNXText(_ bytes: Span<UInt8>) throws(ReadFailure) -> TranscodedModel {
  throw ReadFailure("not yet", at: nil)
}

/// The front door leaves the operator to the vendor's own library.
enum NativeKernel {
  static let rule = Rule(
    id: "RG115", name: "native-kernel", severity: .note,
    summary: "The front door has no kernel of its own that is in use; the vendor's library runs.",
    rationale: "A portable kernel library does not serve the node on this chip.",
    help: "Nothing has to be done, unless the same kernels are to serve several chips.")
}

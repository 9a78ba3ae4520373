@main
struct RegaugeTool {
  static func main() {}
}

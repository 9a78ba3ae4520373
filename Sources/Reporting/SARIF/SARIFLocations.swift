import Bytes
import Compatibility
import ModelGraph

extension JSONWriter {
  /// Writes where a result stands: in the file, and in the graph.
  mutating func writeLocations(_ entry: ReportEntry, _ profile: SARIFProfile) {
    guard !entry.path.isEmpty else { return }
    let nodes = entry.finding.nodes
    key("locations")
    array { json in
      for node in nodes {
        json.object { json in
          json.writePhysical(entry.path, node.position, node, profile)
          json.writeLogical(node)
        }
      }
      if nodes.isEmpty {
        json.object { $0.writePhysical(entry.path, entry.finding.position, nil, profile) }
      }
    }
  }

  private mutating func writePhysical(
    _ path: String, _ position: SourcePosition?, _ node: NodeLocation?, _ profile: SARIFProfile
  ) {
    guard path != "-" else { return }
    let listed = profile == .github && position?.line == nil ? node?.number : nil
    key("physicalLocation")
    object { json in
      json.key("artifactLocation")
      json.object { json in
        json.text("uri", (listed == nil ? path : NodeListing.path(for: path)).uri)
      }
      if let listed {
        json.key("region")
        json.object { $0.member("startLine", listed) }
      } else if let position {
        json.write(position, byteCount: node?.byteCount)
      } else if profile == .github {
        json.key("region")
        json.object { $0.member("startLine", 1) }
      }
    }
  }

  private mutating func write(_ position: SourcePosition, byteCount: Int?) {
    key("region")
    object { json in
      if let line = position.line, let column = position.column {
        json.member("startLine", max(line, 1))
        json.member("startColumn", max(column, 1))
      } else if let offset = position.byteOffset {
        json.member("byteOffset", offset)
        json.member("byteLength", byteCount ?? 0)
      }
    }
  }

  private mutating func writeLogical(_ node: NodeLocation) {
    key("logicalLocations")
    array { json in
      json.object { json in
        json.text("name", node.label)
        json.text("fullyQualifiedName", "\(node.scope)/\(node.label)")
        json.text("kind", "element")
      }
    }
  }
}

extension String {
  /// A path as a relative reference, or a file's address if it is absolute (RFC 3986).
  var uri: String {
    var result = hasPrefix("/") ? "file://" : ""
    for byte in withoutLeadingDot.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%\(digits.count < 2 ? "0" : "")\(digits)"
      }
    }
    return result
  }
}

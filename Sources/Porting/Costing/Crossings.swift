import ModelGraph

/// How often data cross between CPU and device, by which pieces of work are left to the CPU.
///
/// Places at which the same pieces of work may be on the CPU are counted together, so that asking
/// costs no more for a model of many layers than for one of few. More work on the CPU never means
/// fewer crossings: operators that the device takes may stay on the CPU between others that do.
struct Crossings {
  /// What crosses where some of a target's gaps compute on the CPU.
  struct Sum: Hashable {
    /// Places among the heavy operators.
    var places = 0
    /// Crossings there; those of large tensors count twice.
    var crossings = 0
  }

  private struct Share: Hashable {
    let gap: Int
    let crossings: Int
  }

  /// What the gaps would cost at a place, and how many such places there are.
  private var patterns: [(shares: [Share], places: Int)] = []

  /// - Parameters:
  ///   - gaps: What is left to do.
  ///   - candidates: Positions of gaps that may be left to the CPU.
  ///   - stages: Where nodes stand.
  ///   - largeBytes: Bytes from which on a crossing counts twice.
  init(_ gaps: [Gap], candidates: [Int], _ stages: HeavyStages, largeBytes: Double) {
    var sharesByPlace: [HeavyStages.Place: [Share]] = [:]
    for index in candidates where gaps[index].operatorClass?.isHostOnly != true {
      var here: [HeavyStages.Place: (crossings: Int, bytes: Double)] = [:]
      for node in gaps[index].members {
        let crossings = stages.crossings(at: node)
        guard crossings > 0 else { continue }
        var sum = here[stages.place(of: node)] ?? (0, 0)
        sum.crossings = max(sum.crossings, crossings)
        sum.bytes += Double(stages.bytes(at: node))
        here[stages.place(of: node)] = sum
      }
      for (place, sum) in here {
        let isLarge = sum.bytes / Double(sum.crossings) > largeBytes
        sharesByPlace[place, default: []].append(
          Share(gap: index, crossings: sum.crossings * (isLarge ? 2 : 1)))
      }
    }
    var counts: [[Share]: Int] = [:]
    for shares in sharesByPlace.values { counts[shares, default: 0] += 1 }
    patterns = counts.map { ($0.key, $0.value) }
  }

  /// What crosses when these gaps are left to the CPU.
  func sum(_ isOnCPU: (Int) -> Bool) -> Sum {
    patterns.reduce(into: Sum()) { sum, pattern in
      let most = pattern.shares.reduce(0) { isOnCPU($1.gap) ? max($0, $1.crossings) : $0 }
      guard most > 0 else { return }
      sum.places += pattern.places
      sum.crossings += most * pattern.places
    }
  }
}

import ModelGraph

/// The way through all gaps of a target with the least expected hours.
///
/// Gaps of one operator that have the same ways go the same way. All combinations are tried when they
/// are few; otherwise, from each route taken wherever it exists and from each gap's cheapest way, one
/// choice at a time is improved until none can be, and a lower bound tells what that may have missed.
struct RouteChoice {
  /// At most so many combinations are tried one by one.
  static let mostCombinations = 256
  private static let mostRounds = 4

  /// The way of each gap; nil where there is none.
  let offers: [RouteOffer?]
  /// Whether no combination is cheaper.
  let isExact: Bool
  /// Hours below which no combination can be, when not all were tried.
  let bound: Double?

  /// Gaps that go the same way.
  private struct Bundle {
    var gaps: [Int]
    let offers: [RouteOffer]
  }

  init(_ offers: [[RouteOffer]], _ gaps: [Gap], cost: ([RouteOffer?]) -> Double) {
    let bundles = Self.bundles(offers, gaps, cost)
    let combinations = bundles.reduce(1) { product, bundle in
      min(product * bundle.offers.count, Self.mostCombinations + 1)
    }
    func way(_ choice: [Int]) -> [RouteOffer?] {
      var way = [RouteOffer?](repeating: nil, count: gaps.count)
      for (bundle, place) in zip(bundles, choice) {
        for gap in bundle.gaps { way[gap] = bundle.offers[place] }
      }
      return way
    }
    isExact = combinations <= Self.mostCombinations
    let choice =
      isExact
      ? Self.exact(bundles.map(\.offers.count)) { cost(way($0)) }
      : Self.improved(Self.starts(bundles), bundles.map(\.offers.count)) { cost(way($0)) }
    self.offers = way(choice)
    bound = isExact ? nil : Self.bound(bundles, gaps.count, cost)
  }

  private static func bundles(
    _ offers: [[RouteOffer]], _ gaps: [Gap], _ cost: ([RouteOffer?]) -> Double
  ) -> [Bundle] {
    var bundles: [Bundle] = []
    var places: [[String]: Int] = [:]
    for (index, offers) in offers.enumerated() where !offers.isEmpty {
      let key = [gaps[index].signature?.operation.description ?? ""] + offers.map(\.name)
      if let place = places[key] {
        bundles[place].gaps.append(index)
      } else {
        places[key] = bundles.count
        let kept = withoutDearer(offers) { offer in
          var way = [RouteOffer?](repeating: nil, count: gaps.count)
          way[index] = offer
          return cost(way)
        }
        bundles.append(Bundle(gaps: [index], offers: kept))
      }
    }
    return bundles
  }

  /// Of ways that share nothing with other gaps only the cheapest can be chosen.
  private static func withoutDearer(
    _ offers: [RouteOffer], _ cost: (RouteOffer) -> Double
  ) -> [RouteOffer] {
    let alone = offers.filter { $0.sharesNothing }
    guard alone.count > 1, let best = alone.min(by: { cost($0) < cost($1) }) else { return offers }
    return offers.filter { !$0.sharesNothing || $0 == best }
  }

  // MARK: Search

  private static func exact(_ counts: [Int], _ cost: ([Int]) -> Double) -> [Int] {
    var choice = [Int](repeating: 0, count: counts.count)
    var best = (choice: choice, cost: cost(choice))
    while true {
      var place = 0
      while place < counts.count, choice[place] + 1 == counts[place] {
        choice[place] = 0
        place += 1
      }
      guard place < counts.count else { return best.choice }
      choice[place] += 1
      let cost = cost(choice)
      if cost < best.cost - 1e-9 { best = (choice, cost) }
    }
  }

  private static func starts(_ bundles: [Bundle]) -> [[Int]] {
    var names: [String] = []
    for offer in bundles.flatMap(\.offers) where !names.contains(offer.name) {
      names.append(offer.name)
    }
    let pure = names.map { name in
      bundles.map { $0.offers.firstIndex { $0.name == name } ?? 0 }
    }
    return [bundles.map { _ in 0 }] + pure
  }

  private static func improved(
    _ starts: [[Int]], _ counts: [Int], _ cost: ([Int]) -> Double
  ) -> [Int] {
    let ranked = starts.map { (choice: $0, cost: cost($0)) }.sorted { $0.cost < $1.cost }
    var best = ranked.first ?? (choice: [], cost: 0)
    for start in ranked.prefix(3) {
      var current = start
      for _ in 0..<mostRounds {
        let before = current.cost
        for place in counts.indices {
          for option in 0..<counts[place] where option != current.choice[place] {
            var trial = current.choice
            trial[place] = option
            let cost = cost(trial)
            if cost < current.cost - 1e-9 { current = (trial, cost) }
          }
        }
        if current.cost >= before { break }
      }
      if current.cost < best.cost { best = current }
    }
    return best.choice
  }

  /// A sum that no combination is below: the dearest gap alone, on its cheapest way.
  private static func bound(
    _ bundles: [Bundle], _ count: Int, _ cost: ([RouteOffer?]) -> Double
  ) -> Double {
    bundles.map { bundle in
      bundle.offers.map { offer in
        var way = [RouteOffer?](repeating: nil, count: count)
        for gap in bundle.gaps { way[gap] = offer }
        return cost(way)
      }.min() ?? 0
    }.max() ?? 0
  }
}

extension RouteOffer {
  /// Whether it costs the same whatever is done for other operators.
  fileprivate var sharesNothing: Bool {
    routes.allSatisfy { route in
      route.need != .triton
        && route.tasks.allSatisfy { $0.per == .signature || $0.per == .operator }
    }
  }
}

import ModelGraph

/// The way through all gaps of one or several targets with the least expected hours.
///
/// Gaps of one operator on one target that have the same ways go the same way. All combinations are
/// tried when they are few. Otherwise, from each route taken wherever it exists and from ways that are
/// known to be good, choices are improved until none can be: one at a time and, on several targets,
/// those of an operator on all of them at once, since what they share pays off only together. A lower
/// bound tells what that may have missed.
struct RouteChoice {
  /// At most so many combinations are tried one by one.
  static let mostCombinations = 256
  private static let mostRounds = 4
  private static let mostStarts = 3

  /// The way of each gap; nil where there is none.
  let offers: [RouteOffer?]
  /// Whether no combination is cheaper.
  let isExact: Bool
  /// Hours below which no combination can be, when not all were tried; nil when a caller knows better.
  let bound: Double?

  /// Gaps that go the same way.
  private struct Bundle {
    let operation: String
    var gaps: [Int]
    var offers: [RouteOffer]
  }

  private typealias Cost = ([RouteOffer?]) -> Double

  /// Chooses for a single target.
  init(_ offers: [[RouteOffer]], _ gaps: [Gap], cost: ([RouteOffer?]) -> Double) {
    var bundles = Self.bundles(offers, gaps, targets: gaps.map { _ in 0 })
    Self.dropDearer(&bundles, gaps.count, cost)
    let choice = Self.choice(bundles, gaps.count, starts: [], moves: [], cost)
    self.offers = choice.offers
    isExact = choice.isExact
    bound = isExact ? nil : Self.bound(bundles, gaps.count, cost)
  }

  /// Chooses for several targets, whose gaps stand one after the other.
  ///
  /// `targets` has the number of each gap's target, `known` ways that are known to be good.
  init(
    _ offers: [[RouteOffer]], _ gaps: [Gap], targets: [Int], known: [[RouteOffer?]],
    cost: ([RouteOffer?]) -> Double
  ) {
    let bundles = Self.bundles(offers, gaps, targets: targets)
    let starts = known.map { way in
      bundles.map { bundle in bundle.offers.firstIndex { $0 == way[bundle.gaps[0]] } ?? 0 }
    }
    let choice = Self.choice(
      bundles, gaps.count, starts: starts, moves: Self.moves(of: bundles), cost)
    self.offers = choice.offers
    isExact = choice.isExact
    bound = nil
  }

  private static func bundles(
    _ offers: [[RouteOffer]], _ gaps: [Gap], targets: [Int]
  ) -> [Bundle] {
    var bundles: [Bundle] = []
    var places: [[String]: Int] = [:]
    for (index, offers) in offers.enumerated() where !offers.isEmpty {
      let operation = gaps[index].signature?.operation.description ?? ""
      let key = [String(targets[index]), operation] + offers.map(\.name)
      if let place = places[key] {
        bundles[place].gaps.append(index)
      } else {
        places[key] = bundles.count
        bundles.append(Bundle(operation: operation, gaps: [index], offers: offers))
      }
    }
    return bundles
  }

  /// Of ways that share nothing with other gaps only the cheapest can be chosen.
  private static func dropDearer(_ bundles: inout [Bundle], _ count: Int, _ cost: Cost) {
    let operations = Dictionary(grouping: bundles.indices) { bundles[$0].operation }
    for places in operations.values where places.count == 1 {
      let bundle = bundles[places[0]]
      let alone = bundle.offers.filter(\.sharesNothing)
      guard alone.count > 1 else { continue }
      let costs = alone.map { offer in
        var way = [RouteOffer?](repeating: nil, count: count)
        for gap in bundle.gaps { way[gap] = offer }
        return cost(way)
      }
      guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }) else { continue }
      bundles[places[0]].offers.removeAll { $0.sharesNothing && $0 != alone[best] }
    }
  }

  // MARK: Search

  private static func choice(
    _ bundles: [Bundle], _ count: Int, starts: [[Int]], moves: [[(bundle: Int, offer: Int)]],
    _ cost: Cost
  ) -> (offers: [RouteOffer?], isExact: Bool) {
    func way(_ choice: [Int]) -> [RouteOffer?] {
      var way = [RouteOffer?](repeating: nil, count: count)
      for (bundle, place) in zip(bundles, choice) {
        for gap in bundle.gaps { way[gap] = bundle.offers[place] }
      }
      return way
    }
    let counts = bundles.map(\.offers.count)
    let combinations = counts.reduce(1) { min($0 * $1, mostCombinations + 1) }
    let isExact = combinations <= mostCombinations
    let single = counts.indices.flatMap { bundle in
      (0..<counts[bundle]).map { [(bundle: bundle, offer: $0)] }
    }
    let choice =
      isExact
      ? exact(counts) { cost(way($0)) }
      : improved(starts + pureStarts(bundles), single + moves) { cost(way($0)) }
    return (way(choice), isExact)
  }

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

  /// Each route wherever it exists, and everywhere the first.
  private static func pureStarts(_ bundles: [Bundle]) -> [[Int]] {
    var names: [String] = []
    for offer in bundles.flatMap(\.offers) where !names.contains(offer.name) {
      names.append(offer.name)
    }
    let pure = names.map { name in
      bundles.map { $0.offers.firstIndex { $0.name == name } ?? 0 }
    }
    return [bundles.map { _ in 0 }] + pure
  }

  /// The same way for an operator on all targets that offer it.
  private static func moves(of bundles: [Bundle]) -> [[(bundle: Int, offer: Int)]] {
    var moves: [[(bundle: Int, offer: Int)]] = []
    var places: [[String]: Int] = [:]
    for (index, bundle) in bundles.enumerated() {
      for (position, offer) in bundle.offers.enumerated() {
        let key = [bundle.operation, offer.name]
        if let place = places[key] {
          moves[place].append((index, position))
        } else {
          places[key] = moves.count
          moves.append([(index, position)])
        }
      }
    }
    return moves.filter { $0.count > 1 }
  }

  private static func improved(
    _ starts: [[Int]], _ moves: [[(bundle: Int, offer: Int)]], _ cost: ([Int]) -> Double
  ) -> [Int] {
    let ranked = starts.map { (choice: $0, cost: cost($0)) }.sorted { $0.cost < $1.cost }
    var best = ranked.first ?? (choice: [], cost: 0)
    var seen: [[Int]] = []
    for start in ranked where !seen.contains(start.choice) && seen.count < mostStarts {
      seen.append(start.choice)
      let end = descended(start, moves, cost)
      if end.cost < best.cost { best = end }
    }
    return best.choice
  }

  /// Takes every move that makes a choice cheaper, until none does.
  private static func descended(
    _ start: (choice: [Int], cost: Double), _ moves: [[(bundle: Int, offer: Int)]],
    _ cost: ([Int]) -> Double
  ) -> (choice: [Int], cost: Double) {
    var current = start
    for _ in 0..<mostRounds {
      let before = current.cost
      for move in moves {
        var trial = current.choice
        for (bundle, offer) in move { trial[bundle] = offer }
        guard trial != current.choice else { continue }
        let cost = cost(trial)
        if cost < current.cost - 1e-9 { current = (trial, cost) }
      }
      if current.cost >= before { break }
    }
    return current
  }

  /// A sum that no combination is below: the dearest gap alone, on its cheapest way.
  private static func bound(_ bundles: [Bundle], _ count: Int, _ cost: Cost) -> Double {
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
      route.need != .triton && route.need != .cpu
        && route.tasks.allSatisfy { $0.per == .signature || $0.per == .operator }
    }
  }
}

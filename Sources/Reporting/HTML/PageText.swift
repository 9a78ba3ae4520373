/// The texts of the page, by their keys in `Rules/text`.
enum PageText: String, CaseIterable, Sendable {
  // MARK: Frame

  case skip
  case contents
  case modelCount
  case madeBy
  case selfContained
  case monthsOld
  case monthOld
  case runFindings
  case fixedFindings
  case models
  case modelsExplained
  case model
  case notJudged
  case unreadable
  case pageFull

  // MARK: Model

  case bestStack
  case cheapestStack
  case nothingKnown
  case invalidModel
  case nodeCount
  case operatorCount
  case parameterCount
  case workOfRun
  case workAtLeast

  // MARK: Verdicts

  case supported
  case conditional
  case fallback
  case unknown
  case silent
  case unsupported
  case supportedShort
  case conditionalShort
  case fallbackShort
  case unknownShort
  case silentShort
  case unsupportedShort
  case supportedMeaning
  case conditionalMeaning
  case fallbackMeaning
  case unknownMeaning
  case silentMeaning
  case unsupportedMeaning
  case supportedHeadline
  case supportedThroughPyTorch
  case conditionalHeadline
  case fallbackHeadline
  case unknownHeadline
  case silentHeadline
  case unsupportedHeadline
  case legend

  // MARK: Stacks

  case stacks
  case stacksCaption
  case rankingExplained
  case rankingByEffort
  case allTargets
  case rank
  case stack
  case target
  case verdict
  case shares
  case ofFlops
  case grade
  case personDays
  case daysWithRange
  case opset
  case types
  case memoryFit
  case evidence
  case opsetAny
  case opsetTaken
  case opsetConvert
  case opsetNone
  case typesTaken
  case typesRefused
  case memoryUnknown
  case fitsNone
  case mayFit
  case fitsSome
  case noEvidence
  case oldest
  case highConfidence
  case mediumConfidence
  case lowConfidence

  // MARK: Matrix

  case matrix
  case matrixExplained
  case moreEvidence
  case sourcesLeftOut
  case filters
  case searchOperators
  case anyVerdict
  case problemsOnly
  case anyStack
  case shownOfAll
  case moreOperators
  case operatorName
  case nodes
  case flops

  // MARK: Graph

  case partitions
  case partitionsExplained
  case sideNative
  case sideHost
  case sideUnknown
  case sideBlocked
  case zoom
  case graphOf
  case crossings
  case modelRefused
  case runsInWords
  case position
  case fate
  case operators
  case moreRuns

  // MARK: Cost

  case cost
  case costCaption
  case weights
  case work
  case activations
  case traffic
  case perToken
  case perPrompt
  case tokenWork
  case openCosts
  case share
  case openWork

  // MARK: Memory

  case memory
  case memoryExplained
  case allDevices
  case device
  case memorySize
  case fit
  case fits
  case maybeFits
  case tooBig
  case devicesForWeights
  case leastTime
  case boundByMemory
  case boundByArithmetic
  case memoryNotKnown

  // MARK: Effort

  case effort
  case effortExplained
  case effortCaption
  case effortNumbers
  case bestRoute
  case byHand
  case rangeWithWeeks
  case atLeastRange
  case byHandRange
  case noRouteFor
  case noEstimate
  case together
  case togetherCosts
  case whatIf
  case personDaysRange
  case median
  case ninetieth
  case expectedDays
  case kindBringUp
  case kindConversion
  case kindRewrites
  case kindImporter
  case kindKernels
  case kindAccuracy
  case kindValidation
  case kindPerformance
  case kindOverhead

  // MARK: Plan

  case plan
  case planExplained
  case planHeadline
  case planOf
  case criticalPath
  case critical
  case moreTasks
  case task
  case workToDo
  case hours
  case waitsFor
  case doneWhen
  case workingDays
  case daySpan
  case person
  case unlocks
  case acceptSmallestModel
  case acceptFindingsGone
  case acceptPackageExactly
  case acceptPackageWithin
  case acceptOperators
  case acceptMetric
  case acceptSpeed

  // MARK: Ledger

  case ledger
  case ledgerExplained
  case ledgerHeadline
  case ledgerOf
  case moreTerms
  case finding
  case everyPort
  case subject
  case route
  case count
  case factor
  case expectedHours
  case basis
  case sum
  case sumExplained
  case ownRecords
  case confidenceAndJudgement

  // MARK: Opsets

  case opsets
  case opsetsExplained
  case sharedOpset
  case noSharedOpset
  case notServed
  case opsetsTaken
  case advice
  case opsetBlockers
  case keepOpset
  case convertOpset
  case everyStep
  case missingSteps
  case neverTaken
  case lowerEnd
  case upperEnd

  // MARK: Kernels

  case kernels
  case kernelsExplained
  case service
  case names
  case serviceShared
  case serviceChipSpecific
  case serviceFallback
  case serviceUnknown
  case serviceBlocked

  // MARK: Findings

  case findings
  case findingsExplained
  case structureFindings
  case fallbackCost
  case evidenceNotes
  case findingCount
  case noFindings
  case moreFindings
  case acceptedFindings
  case at
  case andMore
  case confidenceOf
  case rules
  case rule
  case states
  case matters
  case helps
  case severityNote
  case severityWarning
  case severityError
}

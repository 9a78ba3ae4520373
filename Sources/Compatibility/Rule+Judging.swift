extension Rule {
  /// Rules about what a front door makes of a node.
  static let judging: [Rule] = [
    OperatorNotTaken.rule, VersionNotTaken.rule, TypeNotTaken.rule, LimitNotMet.rule,
    LimitUndecided.rule, AttributeIgnored.rule, OperatorUnknown.rule, KnownBad.rule,
    ModelFunctionNotTaken.rule, OpsetOutOfRange.rule, DeviceTypeNotTaken.rule,
    ProductNotStated.rule, FunctionBodyNotTaken.rule, LowerPrecision.rule, NativeKernel.rule,
  ]
}

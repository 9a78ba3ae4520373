import Bytes
import ModelGraph

/// How the tables of one stack become its manifests.
struct Recipe {
  /// How a table cites a source, and what that stands for.
  struct CitedSource {
    /// `repository@commit` as the tables write it.
    let cited: String
    /// The sources that stand for it.
    let sources: [EvidenceSource]
  }

  /// A citation written in a recipe.
  struct Citation {
    let cited: String
    let path: String?
    let line: String?
    let confidence: Confidence
  }

  /// Facts that all devices of a product line share.
  struct Product {
    let name: String
    let lacks: ElementTypeSet
    let has: ElementTypeSet
    let citations: [Citation]
    let note: String?
  }

  /// One device and the table rows that speak of it.
  struct DeviceEntry {
    let name: String
    let aliases: [String]
    let product: String?
    let rows: [String]
    let note: String?
    let position: SourcePosition
  }

  /// A column of a device table that holds one figure.
  struct FigureColumn {
    let column: String
    let figure: String
    let unit: String?
  }

  /// The table of devices: one figure a column, or one figure a row.
  struct DeviceTable {
    var file = ""
    var columns: [String: String] = [:]
    var kinds: [(text: String, kind: DeviceFigure.Kind)] = []
    var figures: [FigureColumn] = []
    var entries: [DeviceEntry] = []
    /// Devices of the table that no entry takes, because nothing but a number is known of them.
    var leftOut: [String] = []
  }

  /// What the rows of a table are.
  enum Role: String, CaseIterable {
    /// Each row is an operator record.
    case records
    /// Each row narrows the records of its operator.
    case limits
    /// Each row says why an operator is not taken.
    case absences
    /// Each row changes what the records of PyTorch's operators say.
    case amendments
  }

  /// What the rows of a table change in the records that they name; texts may hold `{column}`.
  struct Amendment {
    var status: OperatorRecord.Status?
    var kernel: OperatorRecord.Kernel?
    var reason: String?
    var note: String?
    /// What becomes of nodes that a limit with this reason speaks of.
    var limitReason: String?
    var otherwise = Limit.Outcome.conditional
  }

  /// What a word in the status column of a table means.
  struct StatusWord {
    let word: String
    let status: OperatorRecord.Status
    /// How far rows with the word are to be trusted.
    let confidence: Confidence?
    /// Why, for rows that give no reason of their own.
    let reason: String?
  }

  /// A table that feeds a front door.
  struct Table {
    var file = ""
    var role = Role.records
    var columns: [String: String] = [:]
    /// The domain of rows that name none.
    var domain: String?
    /// Rows are used only where a column holds one of some values.
    var conditions: [(column: String, values: [String])] = []
    /// ONNX's names for operators that the table names in its own way.
    var operatorNames: [(text: String, name: String)] = []
    /// Whether rows of limits are passed over when no record takes their operator.
    var skipsUnlisted = false
    /// Rows are used only where these columns are equal.
    var equalColumns: [String] = []
    /// What names of PyTorch's functions begin with, and what stands for it in operators' names.
    var namePrefixes: [(text: String, name: String)] = []
    /// Whose kernels the rows are about.
    var kernel: OperatorRecord.Kernel?
    /// What the rows change, for a table of amendments.
    var amendment: Amendment?
    /// Whether operators are PyTorch's and rows their overloads: rows that agree become one record.
    var areOverloads = false
    /// What the words in the status column mean.
    var statuses: [StatusWord] = []
    /// Whether types are what documents name, which makes a limit, and not what is registered.
    var typesAreDocumented = false
    /// What stands between types, when rows only list those of the first input.
    var typeSeparator: Character?
    var confidence = Confidence.high
    /// What becomes of a node that breaks a limit whose reading does not say.
    var otherwise: Limit.Outcome?
    /// The front door that decides about every row.
    var decidedBy: FrontDoorName?
    /// Names of types that the table writes in its own way.
    var typeNames: [(text: String, name: String)] = []
    /// Types of the table that ONNX does not have.
    var typesNotInONNX: [String] = []
    /// Shorter words for scopes that rows name.
    var scopeNames: [(text: String, name: String)] = []
    /// Folder that citations in the evidence column start from.
    var evidencePrefix = ""
    /// Remarks for rows with a certain value in a column.
    var marks: [(column: String, value: String, note: String)] = []
    /// Limits that hold for every row.
    var limits: [Reading.LimitText] = []
    /// Operators whose rows are not used, because a record of the recipe stands for them.
    var leftOut: [String] = []
    var position = SourcePosition.text(line: 1, column: 1)
  }

  /// One front door.
  struct Door {
    var name = ""
    /// The settings, as JSON members in the order of the recipe.
    var head: [(key: String, value: String)] = []
    var tables: [Table] = []
    var readings: String?
    /// Sources that the door's notes rest on, besides those that records cite.
    var cited: [String] = []
    /// Records that no table holds, as JSON with citations in the recipe's form.
    var records: [Record] = []
  }

  /// An operator record written in the recipe.
  struct Record {
    let members: [(key: String, value: String)]
    let citations: [Citation]
  }

  let file: String
  var stack = ""
  var title = ""
  var vendor = ""
  var notes: [String] = []
  var sources: [CitedSource] = []
  var products: [Product] = []
  var devices: DeviceTable?
  var doors: [Door] = []
}

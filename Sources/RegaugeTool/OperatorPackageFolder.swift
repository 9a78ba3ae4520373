import CommandLineKit
import Porting
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes request packages: a folder for each target and operator, and one script for all.
enum OperatorPackageFolder {
  /// Writes the packages of a report.
  ///
  /// - Returns: Their number.
  static func write(_ report: Report, to folder: String) throws -> Int {
    try make(folder)
    var count = 0
    for (place, model) in report.models.enumerated() {
      for target in model.targets where !target.packages.isEmpty {
        let prefix = report.models.count > 1 ? "\(place + 1)-" : ""
        let name = String(target.target.map { $0 == "/" || $0 == ":" ? "-" : $0 })
        try make("\(folder)/\(prefix)\(name)")
        for package in target.packages {
          let path = "\(folder)/\(prefix)\(name)/\(package.folder)"
          try make(path)
          try OutputFile.write(Array(package.ticket.utf8), to: "\(path)/TICKET.md")
          if let bytes = package.model { try OutputFile.write(bytes, to: "\(path)/model.onnx") }
          count += 1
        }
      }
    }
    try OutputFile.write(Array(script.utf8), to: "\(folder)/make_reference.py")
    return count
  }

  private static func make(_ folder: String) throws {
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw OutputFailure(path: folder, reason: String(cString: strerror(errno)))
    }
  }

  /// The script that makes reference inputs and outputs.
  static let script = """
    #!/usr/bin/env python3
    \"""Writes inputs.npz and outputs.npz beside every model.onnx below this folder.

        python3 make_reference.py [--extent N]     needs numpy and onnxruntime, or onnx

    Extents that a model leaves open become N, or larger ones if the operator asks for them; inputs of
    open rank cannot be made up: fix them with --input-shape. Inputs are random with a fixed seed.
    \"""

    import argparse
    import pathlib

    import numpy

    TYPES = {"float": "float32", "double": "float64"}


    def runner(path):
        \"""Inputs with type and shape, and a function that computes the outputs.\"""
        try:
            import onnxruntime
            session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
            inputs = [(i.name, i.type, i.shape) for i in session.get_inputs()]
            names = [o.name for o in session.get_outputs()]
            return inputs, names, lambda feeds: session.run(None, feeds)
        except Exception as problem:  # Operators without a CPU kernel: try the reference evaluator.
            import onnx
            import onnx.reference
            model = onnx.load(path)
            evaluator = onnx.reference.ReferenceEvaluator(model)
            print(f"{path}: onnx.reference, since {problem}")
            inputs = []
            for value in model.graph.input:
                tensor = value.type.tensor_type
                kind = onnx.helper.tensor_dtype_to_np_dtype(tensor.elem_type)
                shape = [d.dim_value or d.dim_param for d in tensor.shape.dim]
                inputs.append((value.name, f"tensor({kind})", shape))
            names = [value.name for value in model.graph.output]
            return inputs, names, lambda feeds: evaluator.run(None, feeds)


    def sample(random, kind, shape, extent):
        kind = kind.removeprefix("tensor(").removesuffix(")")
        kind = numpy.dtype(TYPES.get(kind, kind))
        shape = [d if isinstance(d, int) and d > 0 else extent for d in shape]
        if kind == bool:
            return random.random(shape) < 0.5
        if kind.kind in "iu":
            return random.integers(0, 2, shape).astype(kind)
        return random.standard_normal(shape).astype(kind)


    def main():
        parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        parser.add_argument("--extent", type=int, default=4)
        extent = parser.parse_args().extent
        for path in sorted(pathlib.Path(__file__).resolve().parent.rglob("model.onnx")):
            try:
                inputs, names, run = runner(str(path))
                for size in (extent, 16, 256, 4096):
                    random = numpy.random.default_rng(0)
                    feeds = {n: sample(random, kind, shape, size) for n, kind, shape in inputs}
                    try:
                        outputs = dict(zip(names, run(feeds)))
                        break
                    except Exception:
                        if size == 4096:
                            raise
            except Exception as problem:
                print(f"{path}: no reference: {problem}")
                continue
            numpy.savez(path.parent / "inputs.npz", **feeds)
            numpy.savez(path.parent / "outputs.npz", **outputs)
            print(f"{path}: {len(feeds)} inputs, {len(outputs)} outputs")


    main()

    """
}

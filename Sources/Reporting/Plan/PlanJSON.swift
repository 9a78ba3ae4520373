import Bytes
public import Porting

/// Porting plans as JSON, by the schema `regauge/plan/1`.
public enum PlanJSON {
  /// Writes plans.
  public static func text(_ plans: [PortingPlan]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "regauge/plan/1")
      json.key("plans")
      json.array { json in
        for plan in plans { write(plan, to: &json) }
      }
    }
    return json.bytes + [0x0A]
  }

  private static func write(_ plan: PortingPlan, to json: inout JSONWriter) {
    json.object { json in
      json.text("model", plan.model)
      json.member("target", plan.estimate.target)
      json.write(.estimate(plan.estimate))
      json.key("expectedHours")
      json.double(plan.duration)
      json.key("criticalHours")
      json.double(plan.criticalHours)
      json.key("steps")
      json.array { json in
        for step in plan.steps { write(step, to: &json) }
      }
    }
  }

  private static func write(_ step: PortingPlan.Step, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", step.id)
      json.member("part", step.term.part.rawValue)
      json.member("task", step.term.task)
      json.member("title", step.term.title)
      json.text("for", step.term.subject)
      if let route = step.term.route { json.member("route", route) }
      json.key("hours")
      json.array { json in
        let hours = step.term.total
        for value in [hours.optimistic, hours.likely, hours.pessimistic] { json.double(value) }
      }
      json.key("expectedHours")
      json.double(step.hours)
      json.key("intervalHours")
      json.array { json in
        json.double(step.term.range.p10)
        json.double(step.term.range.p90)
      }
      if let flops = step.flops { json.member("flops", flops) }
      json.key("dependsOn")
      json.array { json in
        for id in step.dependencies { json.string(id) }
      }
      json.member("person", step.person)
      json.key("startHour")
      json.double(step.start)
      json.key("critical")
      json.boolean(step.isCritical)
      json.text("acceptance", step.acceptance)
    }
  }
}

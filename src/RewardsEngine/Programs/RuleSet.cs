namespace RewardsEngine.Programs;

/// <summary>Everything that decides: the programme and its published rules, under one number that changes with any of them.</summary>
/// <param name="Version">The number recorded with every decision.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Rules">The published rules, in no particular order: the order of evaluation never depends on it.</param>
public sealed record RuleSet(long Version, Programme Programme, IReadOnlyList<Rule> Rules);

/// <summary>A fault in a rule or in the programme, at the place where it stands.</summary>
/// <param name="Rule">The rule; null: the programme.</param>
/// <param name="Path">The field: <c>condition</c>, <c>effects[0].percent</c>, <c>schedule.to</c>.</param>
/// <param name="Message">What is wrong and what is expected.</param>
/// <param name="Start">Where in the field's text it begins; null: the whole field.</param>
/// <param name="Length">How many characters.</param>
public sealed record RuleFault(Values.RuleId? Rule, string Path, Values.LocalizedText Message, int? Start = null, int? Length = null);

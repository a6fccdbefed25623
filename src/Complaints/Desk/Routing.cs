using Complaints.Cases;

namespace Complaints.Desk;

/// <summary>One routing rule. The condition is an expression of the shell's; here only its result counts.</summary>
/// <param name="Name">For people.</param>
/// <param name="Order">Small first; ties by name.</param>
/// <param name="Condition">The expression's text.</param>
/// <param name="Team">The team that gets the case.</param>
/// <param name="SeniorOnly">Whether only seniors get it.</param>
public sealed record RoutingRule(string Name, int Order, string Condition, string Team, bool SeniorOnly = false);

/// <summary>Somebody who can get cases.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Teams">The teams the person belongs to.</param>
/// <param name="Languages">Languages the person writes.</param>
/// <param name="Senior">Whether cases for seniors may go here.</param>
/// <param name="Capacity">Open cases the person can carry; none gets no cases.</param>
/// <param name="OpenCases">Open cases the person has.</param>
/// <param name="LastAssignedAt">When the person last got one; null when never.</param>
/// <param name="Skills">Categories the person knows best; none means no preference.</param>
/// <param name="Absent">Whether the person is away.</param>
public sealed record AgentLoad(string Id, IReadOnlyCollection<string> Teams, IReadOnlyCollection<string> Languages, bool Senior, int Capacity, int OpenCases, DateTime? LastAssignedAt,
    IReadOnlyCollection<string>? Skills = null, bool Absent = false);

/// <summary>Who gets a case.</summary>
public static class Routing
{
    /// <summary>The first rule whose condition holds; null when none does.</summary>
    public static RoutingRule? Match(IEnumerable<RoutingRule> rules, Func<RoutingRule, bool> holds) =>
        rules.OrderBy(r => r.Order).ThenBy(r => r.Name, StringComparer.Ordinal).FirstOrDefault(holds);

    /// <summary>
    /// The person of the team with the smallest share of capacity used, of equal ones the one longest without a new case.
    /// Speaking the customer's language comes first, knowing the category second. Who is away gets nothing. A safety case
    /// goes to the least loaded even when all are full; otherwise null is the answer then and the case stays with the team.
    /// </summary>
    public static AgentLoad? Choose(IEnumerable<AgentLoad> agents, RoutingRule rule, string language, Priority priority, string? category = null)
    {
        var able = agents.Where(a => !a.Absent && a.Teams.Contains(rule.Team) && a.Capacity > 0 && (a.Senior || !rule.SeniorOnly));
        if (priority != Priority.Immediate) able = able.Where(a => a.OpenCases < a.Capacity);
        return able
            .OrderByDescending(a => a.Languages.Contains(language))
            .ThenByDescending(a => category is not null && a.Skills is { } skills && skills.Contains(category))
            .ThenBy(a => (decimal)a.OpenCases / a.Capacity)
            .ThenBy(a => a.LastAssignedAt ?? DateTime.MinValue)
            .ThenBy(a => a.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}

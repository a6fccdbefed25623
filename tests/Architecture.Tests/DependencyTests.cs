using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using RewardsEngine.Decisions;

namespace Architecture.Tests;

/// <summary>Who may use whom: between the assemblies, and between the namespaces of the Portal.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Portal = typeof(Program).Assembly;
    private static readonly IReadOnlyList<Use> Uses = CodeUses.In(Portal);

    public static readonly TheoryData<string, string[]> Libraries = new()
    {
        { "RewardsEngine", [] },
        { "Complaints", [] },
        { "Insight", [] },
        { "Notifications", ["Handlebars"] },
    };

    [Theory, MemberData(nameof(Libraries))]
    public void A_library_knows_neither_the_Portal_nor_another_library(string name, string[] packages)
    {
        var foreign = Assembly.Load(name).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(a => !a.StartsWith("System.", StringComparison.Ordinal) && a is not "System" and not "netstandard" and not "mscorlib" && !packages.Contains(a));

        Violations.None($"{name} references", foreign);
    }

    [Theory]
    [InlineData("Portal.Data", "Portal.Features", "Portal.Jobs", "Portal.Api", "Portal.Ui")]
    [InlineData("Portal.Rewarding", "Portal.Features", "Portal.Jobs", "Portal.Api", "Portal.Ui")]
    [InlineData("Portal.Ui", "Portal.Features", "Portal.Jobs", "Portal.Api", "Portal.Rewarding")]
    [InlineData("Portal.Features", "Portal.Jobs", "Portal.Api")]
    [InlineData("Portal.Identity", "Portal.Features", "Portal.Jobs", "Portal.Api")]
    [InlineData("Portal.Jobs", "Portal.Api")]
    public void A_part_of_the_Portal_uses_only_what_lies_below_it(string part, params string[] forbidden) =>
        Violations.None($"{part} uses", Uses
            .Where(u => Within(u.From, part) && u.Type.Assembly == Portal && forbidden.Any(f => Within(u.Type, f)))
            .Select(u => $"{u.From.FullName} uses {u.Type.FullName}"));

    [Fact]
    public void No_feature_calls_a_handler_of_another() =>
        Violations.None("Features meet in Rewarding, in rows and in queries, not in each other's use cases:", Uses
            .Where(u => Feature(u.From) is { } from && Feature(u.Type) is { } to && from != to && u.Type.Assembly == Portal)
            .Where(u => !CodeUses.Written(u.Type).Name.EndsWith("Row", StringComparison.Ordinal))
            .Where(u => !AllowedBetweenFeatures.Any(a => a.From == Feature(u.From) && (a.Type is null || a.Type == CodeUses.Written(u.Type).Name)))
            .Select(u => $"{u.From.FullName} uses {u.Type.FullName}"));

    [Fact]
    public void Every_effect_that_the_engine_decides_has_a_place_in_the_shell() =>
        Violations.None("The engine decides them, but nothing of Portal.Rewarding looks at them:", typeof(DecidedEffect).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(DecidedEffect)) && !t.IsAbstract)
            .Where(t => !Uses.Any(u => u.Type == t && Within(u.From, "Portal.Rewarding")))
            .Select(t => t.Name));

    [Fact]
    public void No_component_sees_a_database() =>
        Violations.None("Components ask their feature's queries, not the database:", Uses
            .Where(u => typeof(ComponentBase).IsAssignableFrom(u.From))
            .Where(u => typeof(DbContext).IsAssignableFrom(u.Type) || u.Type == typeof(IDbContextFactory<>))
            .Select(u => $"{u.From.FullName} uses {u.Type.Name}"));

    [Fact]
    public void Nobody_reads_the_system_clock_but_the_clock() =>
        Violations.None("Time comes from TimeProvider:", Uses
            .Where(u => (u.Type == typeof(DateTime) || u.Type == typeof(DateTimeOffset)) && u.Member is "get_Now" or "get_UtcNow" or "get_Today"
                || u.Type == typeof(TimeProvider) && u.Member == "get_System")
            .Select(u => $"{u.From.FullName} calls {u.Type.Name}.{u.Member["get_".Length..]}"));

    /// <summary>Deliberate exceptions; each needs its reason beside it.</summary>
    private static readonly IReadOnlyList<(string From, string? Type, string Why)> AllowedBetweenFeatures =
    [
        ("Demo", null, "the sample company is set up and lives through every feature's own use cases"),
    ];

    private static bool Within(Type type, string part) =>
        CodeUses.Written(type).Namespace is { } at && (at == part || at.StartsWith(part + ".", StringComparison.Ordinal));

    private static string? Feature(Type type) =>
        CodeUses.Written(type).Namespace is { } at && at.StartsWith("Portal.Features.", StringComparison.Ordinal) ? at.Split('.')[2] : null;
}

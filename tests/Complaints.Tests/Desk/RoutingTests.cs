using Complaints.Cases;
using Complaints.Desk;

namespace Complaints.Tests.Desk;

public sealed class RoutingTests
{
    private static readonly RoutingRule Any = new("any", 9, "", "front");
    private static readonly RoutingRule Seniors = new("valuable", 1, "customer.tier = \"gold\"", "front", SeniorOnly: true);

    private static AgentLoad Load(string id, int open = 0, int capacity = 10, bool senior = false, string language = "id", string team = "front", DateTime? last = null) =>
        new(id, [team], [language], senior, capacity, open, last);

    [Fact]
    public void The_first_rule_that_holds_decides()
    {
        Assert.Equal(Seniors, Routing.Match([Any, Seniors], _ => true));
        Assert.Equal(Any, Routing.Match([Any, Seniors], r => r != Seniors));
        Assert.Null(Routing.Match([Any, Seniors], _ => false));
    }

    [Fact]
    public void The_smallest_share_of_capacity_gets_the_case_and_of_equals_the_longest_idle()
    {
        Assert.Equal("b", Routing.Choose([Load("a", 4, 8), Load("b", 4, 20)], Any, "id", Priority.Normal)!.Id);
        Assert.Equal("b", Routing.Choose([Load("a", last: new(2026, 9, 7)), Load("b", last: new(2026, 9, 6))], Any, "id", Priority.Normal)!.Id);
    }

    [Fact]
    public void Language_team_and_seniority_are_respected()
    {
        Assert.Equal("b", Routing.Choose([Load("a"), Load("b", 9, language: "en")], Any, "en", Priority.Normal)!.Id);
        Assert.Null(Routing.Choose([Load("a", team: "back")], Any, "id", Priority.Normal));
        Assert.Equal("b", Routing.Choose([Load("a"), Load("b", 9, senior: true)], Seniors, "id", Priority.Normal)!.Id);
    }

    [Fact]
    public void Who_is_away_gets_nothing_and_who_knows_the_category_comes_first()
    {
        Assert.Equal("b", Routing.Choose([Load("a") with { Absent = true }, Load("b", 9)], Any, "id", Priority.Normal)!.Id);
        Assert.Null(Routing.Choose([Load("a") with { Absent = true }], Any, "id", Priority.Immediate));
        Assert.Equal("b", Routing.Choose([Load("a"), Load("b", 9) with { Skills = ["billing"] }], Any, "id", Priority.Normal, "billing")!.Id);
        Assert.Equal("a", Routing.Choose([Load("a"), Load("b", 9) with { Skills = ["billing"] }], Any, "id", Priority.Normal, "product")!.Id);
    }

    [Fact]
    public void The_order_in_which_people_are_given_does_not_matter()
    {
        AgentLoad[] all = [.. Enumerable.Range(0, 6).Select(i => Load($"a{i}", open: i % 3, capacity: 5 + i % 2))];
        var chosen = Routing.Choose(all, Any, "id", Priority.Normal)!.Id;
        Assert.All(Enumerable.Range(0, 6), turn => Assert.Equal(chosen, Routing.Choose([.. all.Skip(turn), .. all.Take(turn)], Any, "id", Priority.Normal)!.Id));
    }

    [Fact]
    public void A_full_desk_gets_nothing_but_what_concerns_safety()
    {
        Assert.Null(Routing.Choose([Load("a", 10)], Any, "id", Priority.High));
        Assert.Equal("a", Routing.Choose([Load("a", 10)], Any, "id", Priority.Immediate)!.Id);
    }
}

using Complaints.Desk;

namespace Complaints.Tests.Desk;

public sealed class CannedTextTests
{
    [Fact]
    public void Places_are_filled_in_and_what_is_unknown_stays_a_visible_gap() =>
        Assert.Equal("Ayu, case AB12: …", CannedText.Fill("{name}, case {reference}: {date}", new Dictionary<string, string?> { ["name"] = "Ayu", ["reference"] = "AB12", ["date"] = null }));

    [Fact]
    public void A_value_is_not_read_for_places_again() =>
        Assert.Equal("{agent}", CannedText.Fill("{name}", new Dictionary<string, string?> { ["name"] = "{agent}", ["agent"] = "Budi" }));

    [Fact]
    public void A_place_that_does_not_exist_is_found_where_it_stands()
    {
        Assert.Equal([new UnknownPlaceholder(6, "nmae")], CannedText.Unknown("Halo, {nmae}. {reference}"));
        Assert.Empty(CannedText.Unknown("Halo, {name}."));
    }
}

using RewardsEngine.Conditions;
using RewardsEngine.Values;

namespace RewardsEngine.Tests.Conditions;

public class DocumentationTests
{
    [Fact]
    public void The_documented_names_are_those_of_the_program()
    {
        var page = Path.Combine(Root(), "docs", "conditions.md");
        Assert.EndsWith(VocabularyTable.Markdown(new Vocabulary(Currency.Idr), "en"), File.ReadAllText(page).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("purchase")]
    [InlineData("complaint.resolved")]
    public void Every_name_is_described_in_both_languages(string name)
    {
        foreach (var field in new Vocabulary(Currency.Idr, EventSchema.Of(name)).Fields)
            Assert.All([field.Label.Id, field.Label.En, field.Description.Id, field.Description.En], text => Assert.False(string.IsNullOrWhiteSpace(text), field.Name));
    }

    [Fact]
    public void Every_kind_of_error_has_a_message_in_both_languages()
    {
        foreach (var code in Enum.GetValues<DiagnosticCode>())
        {
            var error = new Diagnostic(code, default, [.. Enumerable.Repeat(new LocalizedText("satu", "one"), 4)]);
            Assert.NotEqual(error.In("id"), error.In("en"));
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LoyaltyPortal.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}

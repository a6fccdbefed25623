using Portal.Features.Demo;
using Portal.Features.Messages.Staff;
using Portal.Rewarding.Messages;
using RewardsEngine.Programs.Linting;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Programs;

public class DemoRulesTests
{
    [Fact]
    public void Lint_raises_no_false_alarm_on_the_demo_programme()
    {
        var findings = RuleLint.Of(DemoProgramme.Programme(Currency.Idr, "Asia/Jakarta"), DemoProgramme.Rules(), new(2026, 9, 7));

        Assert.True(findings.Count == 0, string.Join("; ", findings.Select(finding => $"{finding.Rule}: {finding.In("en")}")));
    }

    [Fact]
    public async Task The_demo_rules_send_texts_that_staff_could_have_written_and_every_text_is_sent_by_one()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database);
        await using var db = server.OpenDatabase();
        var texts = DemoMessages.Texts(by: null, new(2026, 9, 7, 0, 0, 0, DateTimeKind.Utc));
        db.AddRange(texts);
        await db.SaveChangesAsync(cancel);

        foreach (var rule in DemoProgramme.Rules())
            Assert.Empty(await MessageChecks.OfAsync(db, rule, cancel));
        Assert.All(texts, text => Assert.Empty(EditMessageTexts.Check(MessageTextForm.Of(text), isNew: true)));
        Assert.Equal(
            texts.Select(t => t.Key).Order(StringComparer.Ordinal),
            DemoProgramme.Rules().SelectMany(r => r.Effects).OfType<Notify>().Select(n => n.Template).Order(StringComparer.Ordinal));
    }
}

using Portal.Features.Demo;
using RewardsEngine.Programs.Linting;
using RewardsEngine.Values;

namespace Portal.Tests.Programs;

public class DemoRulesTests
{
    [Fact]
    public void Lint_raises_no_false_alarm_on_the_demo_programme()
    {
        var findings = RuleLint.Of(DemoProgramme.Programme(Currency.Idr, "Asia/Jakarta"), DemoProgramme.Rules(), new(2026, 9, 7));

        Assert.True(findings.Count == 0, string.Join("; ", findings.Select(finding => $"{finding.Rule}: {finding.In("en")}")));
    }
}

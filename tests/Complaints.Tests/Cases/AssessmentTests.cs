using Complaints.Cases;

namespace Complaints.Tests.Cases;

public sealed class AssessmentTests
{
    [Theory]
    [InlineData(Severity.Minor, false, Impact.One, Urgency.CanWait, Priority.Low)]
    [InlineData(Severity.Moderate, false, Impact.One, Urgency.CanWait, Priority.Normal)]
    [InlineData(Severity.Serious, false, Impact.One, Urgency.Soon, Priority.Normal)]
    [InlineData(Severity.Serious, false, Impact.Several, Urgency.Soon, Priority.High)]
    [InlineData(Severity.Minor, true, Impact.One, Urgency.CanWait, Priority.Immediate)]
    public void The_priority_follows_from_the_grades_and_says_why(Severity severity, bool safety, Impact impact, Urgency urgency, Priority priority)
    {
        var reason = new Assessment(severity, safety, impact, urgency).Prioritise();
        Assert.Equal(priority, reason.Priority);
        Assert.Equal(safety, reason.BecauseOfSafety);
        Assert.Equal(reason.Severity + reason.Impact + reason.Urgency, reason.Score);
    }

    [Fact]
    public void A_worse_grade_never_lowers_the_priority()
    {
        foreach (var severity in Enum.GetValues<Severity>())
            foreach (var impact in Enum.GetValues<Impact>())
                foreach (var urgency in Enum.GetValues<Urgency>())
                {
                    var here = new Assessment(severity, false, impact, urgency).Prioritise().Priority;
                    if (severity < Severity.Serious) Assert.True(new Assessment(severity + 1, false, impact, urgency).Prioritise().Priority <= here);
                    if (impact < Impact.Many) Assert.True(new Assessment(severity, false, impact + 1, urgency).Prioritise().Priority <= here);
                    if (urgency < Urgency.Today) Assert.True(new Assessment(severity, false, impact, urgency + 1).Prioritise().Priority <= here);
                }
    }
}

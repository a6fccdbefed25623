using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Json;

namespace RewardsEngine.Tests.Conditions;

public class VisualFormTests
{
    [Fact]
    public void The_visual_form_is_the_tree_in_json()
    {
        var tree = Say.Condition("order.total >= 250000 and any line (category in [\"coffee\"])").Tree;
        Assert.Equal(
            """{"all":[{"value":{"name":"order.total"},"is":">=","than":{"number":250000}},{"line":"any","where":{"value":{"name":"line.category"},"in":[{"text":"coffee"}]}}]}""",
            ConditionJson.Write(tree));
    }

    [Theory]
    [InlineData("""{"all":[{"value":{"name":"order.totl"},"is":">=","than":{"number":1}},{"todayIs":{"name":"customer.birthday"}}]}""", "/all/0/value", DiagnosticCode.UnknownName, "order.total")]
    [InlineData("""{"value":{"name":"order.total"},"is":"=>","than":{"number":1}}""", "/is", DiagnosticCode.InvalidForm, ">=")]
    [InlineData("""{"value":{"name":"order.total"},"iss":"=","than":{"number":1}}""", "", DiagnosticCode.InvalidForm, "is")]
    [InlineData("""{"not":{"any":[{"always":true}]}}""", "/not", DiagnosticCode.InvalidForm, null)]
    [InlineData("""{"not":5}""", "/not", DiagnosticCode.InvalidForm, null)]
    [InlineData("""{"not":{"always":true}}""", "/not", DiagnosticCode.InvalidForm, null)]
    [InlineData("""{"not":""", "", DiagnosticCode.InvalidForm, null)]
    [InlineData("""{"value":{"name":"order.total; drop"},"is":"=","than":{"number":1}}""", "/value/name", DiagnosticCode.InvalidForm, null)]
    [InlineData("""{"value":{"name":"order.total"},"is":"=","than":{"number":1e40}}""", "/than/number", DiagnosticCode.InvalidForm, null)]
    [InlineData("""{"value":{"name":"customer.city"},"is":"=","than":{"text":"\ud800"}}""", "/than/text", DiagnosticCode.InvalidForm, null)]
    [InlineData("""{"value":{"name":"order.total"},"is":"=","is":"<","than":{"number":1}}""", "", DiagnosticCode.InvalidForm, null)]
    public void An_error_points_at_its_part(string json, string pointer, DiagnosticCode code, string? suggestion)
    {
        var error = ConditionJson.Read(json, Say.Words).Diagnostics[0];
        Assert.Equal((code, pointer, suggestion), (error.Code, error.Span.Pointer, error.Suggestion));
    }

    [Fact]
    public void A_form_nested_without_end_is_refused()
    {
        var json = string.Concat(Enumerable.Repeat("{\"not\":", 5_000)) + "{}" + new string('}', 5_000);
        Assert.Equal(DiagnosticCode.InvalidForm, ConditionJson.Read(json, Say.Words).Diagnostics[0].Code);
        var deep = string.Concat(Enumerable.Repeat("{\"not\":", 60)) + """{"todayIs":{"name":"customer.birthday"}}""" + new string('}', 60);
        Assert.Equal(DiagnosticCode.TooDeep, ConditionJson.Read(deep, Say.Words).Diagnostics[0].Code);
    }
}

using Portal.Identity.ApiKeys;
using Tests.Shared;

namespace Portal.Tests.Api;

public abstract class PurchaseApiTests(PortalFixture portal)
{
    [Fact]
    public async Task A_sale_earns_points_and_a_repeat_gets_the_same_receipt()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync();
        var sale = Sale(member.CardCode);

        var first = await till.PostAsync("/purchases", sale);
        var again = await till.PostAsync("/purchases", sale);

        Assert.Equal((201, 200), (first.Code, again.Code));
        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.True(first.Number("pointsEarned") > 0);
        Assert.Equal(first.Number("pointsEarned"), first.Number("balance") + first.Number("pending"));
        Assert.Equal((first.Number("balance"), first.Number("version")), (again.Number("balance"), again.Number("version")));
    }

    [Fact]
    public async Task The_same_reference_for_another_sale_is_a_conflict()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync();
        var reference = Guid.NewGuid().ToString("N");
        await till.PostAsync("/purchases", Sale(member.CardCode, reference));

        var other = await till.PostAsync("/purchases", Sale(member.CardCode, reference, price: 60_000));

        Assert.Equal((409, "application/problem+json"), (other.Code, other.ContentType));
        Assert.Equal(["reference"], other.Fields);
    }

    [Fact]
    public async Task The_same_sale_sent_by_many_at_once_is_recorded_once()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync();
        var sale = Sale(member.CardCode);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => till.PostAsync("/purchases", sale)));

        Assert.Equal(1, answers.Count(a => a.Code == 201));
        Assert.Equal("200,200,200,200,200,200,200,201", string.Join(',', answers.Select(a => a.Code).Order()));
        Assert.Single(answers.Select(a => a.Text("id")).Distinct());
    }

    [Theory]
    [InlineData("""{"reference":"x","lines":[{"sku":"a","quantity":"many","unitPrice":1}]}""", 400, "lines[0].quantity")]
    [InlineData("""{"reference":"x","lines":[{"skuu":"a"}]}""", 400, "lines[0].skuu")]
    [InlineData("""{"reference":"x","occurredAt":"2026-09-17T10:00:00","lines":[]}""", 400, "occurredAt")]
    [InlineData("""{"lines":[{"sku":"a","quantity":1,"unitPrice":1}]}""", 422, "reference")]
    [InlineData("""{"reference":"x","lines":[{"sku":"a","quantity":0,"unitPrice":1}]}""", 422, "lines[0].quantity")]
    [InlineData("""{"reference":"x","lines":[{"sku":"a","quantity":1,"unitPrice":-1}]}""", 422, "lines[0].unitPrice")]
    [InlineData("""{"reference":"x","member":{"card":"2222"},"lines":[{"sku":"a","quantity":1,"unitPrice":1}]}""", 422, "member.card")]
    [InlineData("""{"reference":"x","member":{"externalNumber":"nobody"},"lines":[{"sku":"a","quantity":1,"unitPrice":1}]}""", 422, "member.externalNumber")]
    [InlineData("""{"reference":"x","currency":"USD","lines":[{"sku":"a","quantity":1,"unitPrice":1}]}""", 422, "currency")]
    public async Task A_problem_names_the_member_that_is_wrong(string body, int status, string field)
    {
        var till = await ApiCaller.WithAsync(portal.Server);

        var answer = await till.PostRawAsync("/purchases", body);

        Assert.Equal((status, "application/problem+json"), (answer.Code, answer.ContentType));
        Assert.Contains(field, answer.Fields);
        Assert.Equal(status, answer.Number("status"));
    }

    [Fact]
    public async Task Calls_that_reach_no_use_case_are_refused_with_problem_details_too()
    {
        var till = await ApiCaller.WithAsync(portal.Server);

        Assert.Equal((415, "application/problem+json"), Kind(await till.PostRawAsync("/purchases", "a=1", "application/x-www-form-urlencoded")));
        Assert.Equal((413, "application/problem+json"), Kind(await till.PostRawAsync("/purchases", new string(' ', 1_100_000))));
        Assert.Equal((405, "application/problem+json"), Kind(await till.GetAsync("/purchases")));
        Assert.Equal((404, "application/problem+json"), Kind(await till.GetAsync("/nothing")));
    }

    [Fact]
    public async Task A_bad_line_of_a_bulk_stops_no_good_one()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        string Line(string price) => $$"""{"reference":"{{Guid.NewGuid():N}}","lines":[{"sku":"a","quantity":1,"unitPrice":{{price}}}]}""";

        var lines = await till.BulkAsync("/purchases/bulk", Line("10000"), "not json", "", Line("-1"), Line("\"12500\""));

        Assert.Equal([1, 2, 4, 5], lines.Select(l => l.GetProperty("line").GetInt32()));
        Assert.Equal([201, 400, 422, 201], lines.Select(l => l.GetProperty("status").GetInt32()));
        Assert.Equal(12_500m, lines[3].GetProperty("receipt").GetProperty("totals").GetProperty("total").GetDecimal());
    }

    [Fact]
    public async Task A_refund_takes_back_what_the_sale_gave_once()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync();
        var reference = Guid.NewGuid().ToString("N");
        var sold = await till.PostAsync("/purchases", Sale(member.CardCode, reference));
        var refund = new { reference = "r-" + reference, purchaseReference = reference, whole = true };

        var first = await till.PostAsync("/refunds", refund);
        var again = await till.PostAsync("/refunds", refund);
        var unknown = await till.PostAsync("/refunds", new { reference = "u-" + reference, purchaseReference = "nowhere", whole = true });

        Assert.Equal((201, 200, 422), (first.Code, again.Code, unknown.Code));
        Assert.Equal(sold.Number("pointsEarned"), first.Number("pointsReversed"));
        Assert.Equal(0, first.Number("balance") + first.Number("pending"));
        Assert.Equal(first.Number("version"), again.Number("version"));
        Assert.Equal(["purchaseReference"], unknown.Fields);
    }

    [Fact]
    public async Task A_quote_says_what_a_sale_then_does_and_stores_nothing()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync();

        var quote = await till.PostAsync("/quotes", Sale(member.CardCode));
        var sale = await till.PostAsync("/purchases", Sale(member.CardCode));

        Assert.Equal(200, quote.Code);
        Assert.Equal(quote.Number("pointsEarned"), sale.Number("pointsEarned"));
        Assert.Equal(sale.Number("pointsEarned"), sale.Number("balance") + sale.Number("pending"));
        Assert.NotEmpty(quote.Body.GetProperty("explanation").GetProperty("applied").EnumerateArray());
    }

    [Fact]
    public async Task A_key_opens_what_its_scopes_say_and_a_cookie_opens_nothing()
    {
        var reader = await ApiCaller.WithAsync(portal.Server, ApiPolicies.QuotesRead);
        var administrator = await portal.Server.StaffAsync(global::Portal.Identity.Roles.Administrator);

        var refused = await reader.PostAsync("/purchases", Sale(null));
        using var cookie = await administrator.SendAsync(HttpMethod.Post, "/api/v1/purchases", new StringContent("{}", null, "application/json"));

        Assert.Equal(403, refused.Code);
        Assert.Contains(ApiPolicies.PurchasesWrite, refused.Text("detail"));
        Assert.Equal(401, (int)cookie.StatusCode);
        Assert.Equal(200, (await reader.PostAsync("/quotes", Sale(null))).Code);
    }

    internal static object Sale(string? card, string? reference = null, decimal price = 50_000) => new
    {
        reference = reference ?? Guid.NewGuid().ToString("N"),
        member = card is null ? null : new { card },
        occurredAt = "2026-09-17T09:00:00+07:00",
        lines = new[] { new { sku = "kopi-susu", quantity = 2, unitPrice = price } },
    };

    private static (int, string) Kind(ApiAnswer answer) => (answer.Code, answer.ContentType);
}

public sealed class PurchaseApiOnSqlite(SqlitePortal portal) : PurchaseApiTests(portal), IClassFixture<SqlitePortal>;

public sealed class PurchaseApiOnPostgres(PostgresPortal portal) : PurchaseApiTests(portal), IClassFixture<PostgresPortal>;

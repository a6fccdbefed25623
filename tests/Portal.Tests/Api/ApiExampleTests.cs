using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Api;
using Portal.Rewarding;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using Tests.Shared;

namespace Portal.Tests.Api;

/// <summary>The examples of the description are what the API takes and gives.</summary>
public sealed class ApiExampleTests(SqlitePortal portal) : IClassFixture<SqlitePortal>
{
    [Fact]
    public async Task Every_operation_has_examples_and_they_fit_their_schemas()
    {
        var document = await DocumentAsync();
        var check = new SchemaCheck(document);
        List<string> faults = [];
        foreach (var (name, operation) in Operations(document))
        {
            var bodies = operation.GetProperty("responses").EnumerateObject().Select(r => (What: $"{name} {r.Name}", Body: r.Value)).ToList();
            if (operation.TryGetProperty("requestBody", out var request))
                bodies.Add(($"{name} request", request));
            foreach (var (what, body) in bodies)
            {
                foreach (var media in body.GetProperty("content").EnumerateObject())
                {
                    if (media.Value.TryGetProperty("example", out var example))
                        faults.AddRange(check.Faults(example, media.Value.GetProperty("schema"), what));
                    else
                        faults.Add($"{what} has no example");
                }
            }
        }
        Assert.Empty(faults);
    }

    [Fact]
    public async Task The_examples_can_be_sent_as_they_stand_and_the_answers_fit_the_schemas()
    {
        var document = await DocumentAsync();
        var check = new SchemaCheck(document);
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync(m => m.CardCode = ApiExamples.Card);
        await portal.Server.JoinsAsync(member.Id);
        await AddVoucherAsync(member);

        await SendAsync("quote", 200);
        await SendAsync("recordPurchase", 201);
        await SendAsync("recordPurchase", 200);
        await SendAsync("recordRefund", 201);
        await SendAsync("recordEvent", 201);
        await SendAsync("recordEvent", 200);
        var held = await SendAsync("holdPoints", 201);
        await SendAsync("captureHold", 200, ("{id}", held.Text("id")!));
        await SendAsync("getHold", 200, ("{id}", held.Text("id")!));
        await SendAsync("captureHold", 409, ("{id}", held.Text("id")!), r => r["reference"] = "another");
        var second = await SendAsync("holdPoints", 201, change: r => r["reference"] = "another");
        await SendAsync("releaseHold", 200, ("{id}", second.Text("id")!));
        await SendAsync("checkVoucher", 200, ("{code}", "KOPI7M2QX4"));
        await SendAsync("useVoucher", 200, ("{code}", "KOPI7M2QX4"));
        await SendAsync("findMemberByCard", 200, ("{code}", ApiExamples.Card));
        await SendBulkAsync("recordPurchases");
        await SendBulkAsync("recordRefunds");

        async Task<ApiAnswer> SendAsync(string id, int status, (string Name, string Value) parameter = default, Action<JsonNode>? change = null)
        {
            var (path, operation) = Find(document, id);
            path = parameter.Name is null ? path : path.Replace(parameter.Name, parameter.Value, StringComparison.Ordinal);
            ApiAnswer answer;
            if (operation.TryGetProperty("requestBody", out var body))
            {
                var example = JsonNode.Parse(Example(body))!;
                change?.Invoke(example);
                answer = await till.PostRawAsync(path, example.ToJsonString());
            }
            else
            {
                answer = await till.GetAsync(path);
            }
            Assert.True(status == answer.Code, $"{id} was answered with {answer.Code}: {answer.Body}");
            var schema = operation.GetProperty("responses").GetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture)).GetProperty("content").GetProperty(answer.ContentType).GetProperty("schema");
            Assert.Empty(check.Faults(answer.Body, schema));
            return answer;
        }

        async Task SendBulkAsync(string id)
        {
            var (path, operation) = Find(document, id);
            var line = Assert.Single(await till.BulkAsync(path, JsonNode.Parse(Example(operation.GetProperty("requestBody")))!.ToJsonString()));
            Assert.Equal(200, line.GetProperty("status").GetInt32());
            Assert.Empty(check.Faults(line, operation.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/x-ndjson").GetProperty("schema")));
        }
    }

    private static string Example(JsonElement body) => body.GetProperty("content").EnumerateObject().First().Value.GetProperty("example").GetRawText();

    private static (string Path, JsonElement Operation) Find(JsonElement document, string id)
    {
        var found = Operations(document).Single(o => o.Operation.GetProperty("operationId").GetString() == id);
        return (found.Name.Split(' ')[1]["/api/v1".Length..], found.Operation);
    }

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name is "get" or "post" or "put" or "delete"
        select ($"{operation.Name} {path.Name}", operation.Value);

    private async Task<JsonElement> DocumentAsync() =>
        JsonDocument.Parse(await portal.Server.CreateClient().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).RootElement;

    private async Task AddVoucherAsync(MemberRow member)
    {
        await using var db = portal.Server.OpenDatabase();
        db.Add(new VoucherRow
        {
            Code = "KOPI7M2QX4",
            MemberId = member.Id,
            Template = EngineJson.Write(new VoucherTemplate { Key = "kopi", Name = new("Kopi gratis", "Free coffee"), Reward = "kopi-susu" }),
            NameId = "Kopi gratis",
            NameEn = "Free coffee",
            IssuedBy = new("reward"),
            IssuedFor = "test:example",
            IssuedAt = portal.Server.Time.GetUtcNow().UtcDateTime,
            ValidFrom = new(2026, 1, 1),
            ValidTo = new(2027, 12, 31),
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using RewardsEngine.Values;

namespace Portal.Tests.Rewarding.Kills;

/// <summary>
/// Tills that sell, take points as payment and take goods back, and that ask again under the same reference until they are
/// answered. What they were told is kept.
/// </summary>
internal sealed class TillLoad(IReadOnlyList<PortalNode> nodes, string key, IReadOnlyList<MemberId> members)
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
    private volatile bool stop;

    /// <summary>Sales by reference: member, points.</summary>
    public ConcurrentDictionary<string, (MemberId Member, long Points)> Sales { get; } = new();

    /// <summary>Refunds by reference: member, points taken back.</summary>
    public ConcurrentDictionary<string, (MemberId Member, long Points)> Refunds { get; } = new();

    /// <summary>Captures by reference: member, points spent.</summary>
    public ConcurrentDictionary<string, (MemberId Member, long Points)> Captures { get; } = new();

    public int Refused => refused;

    public int AskedAgain => askedAgain;

    private int refused, askedAgain;

    public async Task RunAsync(int tills, Func<Task> meanwhile)
    {
        var work = Enumerable.Range(0, tills).Select(t => Task.Run(() => TillAsync(t))).ToList();
        try
        {
            await meanwhile();
        }
        finally
        {
            stop = true;
        }
        await Task.WhenAll(work);
    }

    private async Task TillAsync(int till)
    {
        var random = new Random(till);
        for (var n = 0; !stop; n++)
        {
            var member = members[random.Next(members.Count)];
            var reference = $"till-{till}-{n}";
            var sale = await AskAsync(till, "/purchases", new
            {
                reference,
                member = new { id = member.Value },
                lines = new[] { new { sku = random.Next(4) == 0 ? "lucky" : "plain", quantity = 1, unitPrice = 10_000m * random.Next(1, 9) } },
            });
            Sales[reference] = (member, Number(sale, "pointsEarned"));
            if (n % 3 == 0)
                await PayAsync(till, member, reference, random.Next(1, 60));
            if (n % 5 == 0)
            {
                var refund = await AskAsync(till, "/refunds", new { reference = "back-" + reference, purchaseReference = reference, whole = true });
                Refunds["back-" + reference] = (member, Number(refund, "pointsReversed"));
            }
        }
    }

    private async Task PayAsync(int till, MemberId member, string reference, int points)
    {
        var hold = await AskAsync(till, "/holds", new { reference, member = new { id = member.Value }, points });
        if (hold.TryGetProperty("id", out var id))
            Captures[reference] = (member, Number(await AskAsync(till, $"/holds/{id.GetGuid()}/capture", new { reference }), "captured"));
        else
            Interlocked.Increment(ref refused);
    }

    private static long Number(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var number) ? number.GetInt64() : throw new InvalidOperationException($"Answered with {answer}.");

    private async Task<JsonElement> AskAsync(int till, string path, object document)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var response = await http.PostAsJsonAsync(new Uri(nodes[(till + attempt) % nodes.Count].Url, "/api/v1" + path), document);
                if ((int)response.StatusCode is < 400 or 409)
                    return await response.Content.ReadFromJsonAsync<JsonElement>();
                if ((int)response.StatusCode < 500)
                    throw new InvalidOperationException($"{path} was answered with {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && attempt < 2000)
            {
                // No answer: it may have been done or not. The same reference finds out.
            }
            Interlocked.Increment(ref askedAgain);
            await Task.Delay(50);
        }
    }
}

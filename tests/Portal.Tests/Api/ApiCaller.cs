using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.ApiKeys;
using Portal.Identity.ApiKeys;
using Tests.Shared;

namespace Portal.Tests.Api;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string ContentType, JsonElement Body)
{
    public int Code => (int)Status;

    public long Number(string name) => Body.GetProperty(name).GetInt64();

    public string? Text(string name) => Body.GetProperty(name).GetString();

    /// <summary>The paths that a problem names.</summary>
    public IReadOnlyList<string> Fields => [.. Body.GetProperty("errors").EnumerateObject().Select(e => e.Name)];
}

/// <summary>A till with a key.</summary>
internal sealed class ApiCaller(HttpClient http)
{
    public HttpClient Http => http;

    public static async Task<ApiCaller> WithAsync(PortalServer server, params string[] scopes)
    {
        var key = (await server.Services.GetRequiredService<ManageKeys>()
            .CreateAsync("Kasir 1", scopes.Length > 0 ? scopes : ApiPolicies.All, null, CancellationToken.None)).Value;
        var http = server.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return new(http);
    }

    public async Task<ApiAnswer> PostAsync(string path, object document) => await ReadAsync(await http.PostAsJsonAsync($"/api/v1{path}", document));

    public async Task<ApiAnswer> PostRawAsync(string path, string body, string contentType = "application/json") =>
        await ReadAsync(await http.PostAsync($"/api/v1{path}", new StringContent(body, Encoding.UTF8, contentType)));

    public async Task<ApiAnswer> GetAsync(string path) => await ReadAsync(await http.GetAsync($"/api/v1{path}"));

    public async Task<IReadOnlyList<JsonElement>> BulkAsync(string path, params string[] lines)
    {
        using var response = await http.PostAsync($"/api/v1{path}", new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
    }

    private static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
        }
    }
}

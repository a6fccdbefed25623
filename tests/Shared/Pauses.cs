using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Tests.Shared;

/// <summary>
/// Lets a request wait at one of its questions to the database. The embedded database answers at once, a server sometimes at
/// once and sometimes later, so a page may be drawn first at any of its questions; this makes each of them happen.
/// </summary>
public sealed class Pauses : DbCommandInterceptor
{
    /// <summary>The number of the question at which the request waits, from 1.</summary>
    public const string Header = "X-Test-Pause";

    private sealed class Counter(int at)
    {
        public int At { get; } = at;
        public int Asked;
    }

    private static readonly AsyncLocal<Counter?> Current = new();

    /// <summary>Makes a server on the embedded database obey the header.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddTransient<IStartupFilter, ReadHeader>();
        services.ConfigureDbContext<Portal.Data.SqliteDb>(options => options.AddInterceptors(new Pauses()));
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Current.Value is { } counter && Interlocked.Increment(ref counter.Asked) == counter.At)
            await Task.Delay(1, cancellationToken);
        return result;
    }

    private sealed class ReadHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (int.TryParse(context.Request.Headers[Header], NumberStyles.None, CultureInfo.InvariantCulture, out var at))
                    Current.Value = new(at);
                return go(context);
            });
            next(app);
        };
    }
}

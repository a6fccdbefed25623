using System.Data.Common;
using System.Threading.Channels;

namespace Portal.Rewarding;

/// <summary>
/// Puts the changes of callers who know nothing of each other into one transaction, and tells each of them after the durable
/// commit. While one group is being written the next one gathers, so nobody waits for company.
/// </summary>
/// <remarks>
/// If a group fails, nothing of it is stored; each of its parts is then done alone, so that only the one at fault hears of it.
/// A caller who gives up before its part has begun is left out; later the part is finished without it, and a repeat finds
/// it by its reference.
/// </remarks>
public sealed class GroupCommit<TPart, TAnswer> : IAsyncDisposable
{
    private readonly Func<IReadOnlyList<TPart>, CancellationToken, Task<IReadOnlyList<TAnswer>>> commit;
    private readonly GroupCommitOptions options;
    private readonly Func<TPart, int> lane;
    private readonly Func<TPart, Guid>? apart;
    private readonly Channel<Entry>[] queues;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] writers;

    /// <param name="rewards">The door to points.</param>
    /// <param name="handle">Does the parts within one open work, in their order, one answer each. It neither commits nor keeps anything.</param>
    /// <param name="lane">
    /// A hash of what must stay in order, such as the member: parts of the same hash go through the same writer, one after the
    /// other. While one writer waits for its commit the other prepares its group.
    /// </param>
    /// <param name="options">How much may wait and how much goes together.</param>
    public GroupCommit(
        Rewards rewards, Func<RewardingWork, IReadOnlyList<TPart>, CancellationToken, Task<IReadOnlyList<TAnswer>>> handle, Func<TPart, int> lane, GroupCommitOptions options)
        : this((parts, cancel) => InOneWorkAsync(rewards, handle, parts, cancel), lane, rewards.HasOneWriter ? options with { Writers = 1 } : options)
    {
    }

    /// <param name="commit">Does the parts and commits them durably, all or none, one answer each.</param>
    /// <param name="lane">A hash of what must stay in order.</param>
    /// <param name="options">How much may wait and how much goes together.</param>
    /// <param name="apart">
    /// Parts with the same value cost more when they go together: a second one waits for the next group. Where many would wait
    /// like that, somebody wants much of the same, and all of it goes together.
    /// </param>
    internal GroupCommit(
        Func<IReadOnlyList<TPart>, CancellationToken, Task<IReadOnlyList<TAnswer>>> commit, Func<TPart, int> lane, GroupCommitOptions options, Func<TPart, Guid>? apart = null)
    {
        this.commit = commit;
        this.lane = lane;
        this.options = options;
        this.apart = apart;
        queues = [.. Enumerable.Range(0, options.Writers)
            .Select(_ => Channel.CreateBounded<Entry>(new BoundedChannelOptions(options.Waiting) { SingleReader = true }))];
        using (ExecutionContext.SuppressFlow()) // the first caller's request and language are not the others'
            writers = [.. queues.Select(queue => Task.Run(() => WriteAsync(queue.Reader)))];
    }

    /// <summary>Waits for room, then for the commit.</summary>
    public async Task<TAnswer> RunAsync(TPart part, CancellationToken cancel)
    {
        var entry = new Entry(part, cancel);
        await queues[(uint)lane(part) % (uint)queues.Length].Writer.WriteAsync(entry, cancel);
        return await entry.Done.Task.WaitAsync(cancel);
    }

    /// <summary>Finishes what waits, takes nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in queues)
            queue.Writer.TryComplete();
        stopping.CancelAfter(options.Stop);
        await Task.WhenAll(writers);
        stopping.Dispose();
    }

    private async Task WriteAsync(ChannelReader<Entry> queue)
    {
        List<Entry> group = [], next = [];
        HashSet<Guid> taken = [];
        var allTogether = apart is null;
        while (next.Count > 0 || await queue.WaitToReadAsync())
        {
            Entry[] waited = [.. next];
            next.Clear();
            foreach (var entry in waited)
                Take(entry);
            while (group.Count + next.Count < options.Together && queue.TryRead(out var entry))
                Take(entry);
            if (group.Count > 0)
                await WriteAsync(group);
            group.Clear();
            taken.Clear();
            allTogether = apart is null;
        }

        void Take(Entry entry)
        {
            if (!entry.IsWanted)
                return;
            if (allTogether || taken.Add(apart!(entry.Part)))
            {
                group.Add(entry);
            }
            else if (next.Count < options.Together / 16)
            {
                next.Add(entry);
            }
            else
            {
                group.AddRange(next); // in their order
                group.Add(entry);
                next.Clear();
                allTogether = true;
            }
        }
    }

    private async Task WriteAsync(List<Entry> group)
    {
        try
        {
            await CommitAsync(group);
        }
        catch (Exception e) when (group.Count == 1 && !Conflicts.IsRace(e))
        {
            group[0].Fail(e);
        }
        catch (Exception)
        {
            foreach (var entry in group)
                await WriteAloneAsync(entry);
        }
    }

    private async Task WriteAloneAsync(Entry entry)
    {
        try
        {
            await Conflicts.OnceMoreAsync(async () =>
            {
                await CommitAsync([entry]);
                return true;
            });
        }
        catch (Exception e)
        {
            entry.Fail(e);
        }
    }

    private async Task CommitAsync(List<Entry> group)
    {
        var parts = new TPart[group.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = group[i].Part;
        var answers = await commit(parts, stopping.Token);
        // A caller's continuation must not run on the writer's turn; a few go together, because waking a thread for each costs more
        // than most of them do.
        for (var from = 0; from < parts.Length; from += AnsweredTogether)
        {
            var some = new (Entry Entry, TAnswer Answer)[Math.Min(AnsweredTogether, parts.Length - from)];
            for (var i = 0; i < some.Length; i++)
                some[i] = (group[from + i], answers[from + i]);
            ThreadPool.UnsafeQueueUserWorkItem(static some =>
            {
                foreach (var (entry, answer) in some)
                    entry.Done.TrySetResult(answer);
            }, some, preferLocal: false);
        }
    }

    private const int AnsweredTogether = 8;

    private static async Task<IReadOnlyList<TAnswer>> InOneWorkAsync(
        Rewards rewards, Func<RewardingWork, IReadOnlyList<TPart>, CancellationToken, Task<IReadOnlyList<TAnswer>>> handle, IReadOnlyList<TPart> parts, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        work.ManyRows();
        var answers = await handle(work, parts, cancel);
        if (answers.Count != parts.Count)
            throw new InvalidOperationException($"{parts.Count} parts were given {answers.Count} answers.");
        await work.CommitAsync(cancel);
        return answers;
    }

    private sealed record Entry(TPart Part, CancellationToken Cancel)
    {
        public TaskCompletionSource<TAnswer> Done { get; } = new();

        public bool IsWanted => !Cancel.IsCancellationRequested;

        public void Fail(Exception e) => ThreadPool.UnsafeQueueUserWorkItem(static failed =>
        {
            if (failed.Entry.Done.TrySetException(failed.Cause))
                _ = failed.Entry.Done.Task.Exception; // seen, also when the caller has gone
        }, (Entry: this, Cause: e), preferLocal: false);
    }
}

/// <summary>How a <see cref="GroupCommit{TPart, TAnswer}"/> groups.</summary>
/// <param name="Together">Most parts of one transaction.</param>
/// <param name="Waiting">Most parts that wait; further callers wait for room.</param>
/// <param name="Writers">Transactions at the same time: more than one where deciding costs more than writing. SQLite has one in any case.</param>
public sealed record GroupCommitOptions(int Together = 256, int Waiting = 1024, int Writers = 1)
{
    /// <summary>How long a stop waits for what is under way.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>Two who want the same at the same moment.</summary>
internal static class Conflicts
{
    /// <summary>Runs a use case again when somebody else was quicker: the second run finds what the first stored under the same reference.</summary>
    public static async Task<T> OnceMoreAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (IsRace(e))
        {
            return await run();
        }
    }

    /// <summary>The reference was stored in the meantime, or the database ended one of two who waited for each other.</summary>
    public static bool IsRace(Exception e) => (e is DbException ? e : e.InnerException) switch
    {
        Npgsql.PostgresException postgres => postgres.SqlState is Npgsql.PostgresErrorCodes.UniqueViolation or Npgsql.PostgresErrorCodes.DeadlockDetected,
        Microsoft.Data.Sqlite.SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 2067 or 1555, // UNIQUE, PRIMARY KEY
        _ => false,
    };
}

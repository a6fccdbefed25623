using Microsoft.EntityFrameworkCore;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Features.Imports;

/// <summary>
/// Imports a transaction file through the same door as a till. Batches are stored whole or not at all, so a killed import is
/// resumed by running it again: documents already stored are recognised and left alone.
/// </summary>
public sealed partial class ImportTransactions(
    Rewards rewards, RecordPurchase recordPurchase, RecordRefund recordRefund, ProgrammeStore programmes, ILogger<ImportTransactions> log)
{
    private const int DocumentsAtOnce = 250;

    /// <param name="file">The file; read once, in order.</param>
    /// <param name="map">What its columns mean.</param>
    /// <param name="dryRun">Decide everything, store nothing.</param>
    /// <param name="afterLine">Skip documents that end at or before this line: an earlier run dealt with them.</param>
    /// <param name="inBatch">Runs inside each batch's transaction, to store progress with what it describes.</param>
    /// <param name="cancel">Stops between batches.</param>
    /// <param name="outside">Runs after a batch that stored nothing: on a dry run, and for a document that could not be stored.</param>
    /// <returns>The tally of this run.</returns>
    /// <exception cref="ImportProblem">The file does not fit the map.</exception>
    public async Task<ImportTally> RunAsync(
        Stream file, ImportMap map, bool dryRun, long afterLine, Func<RewardingWork, ImportTally, Task>? inBatch, CancellationToken cancel,
        Func<ImportTally, Task>? outside = null)
    {
        var rules = await programmes.CurrentAsync(cancel);
        var zone = map.Zone is { } name
            ? TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : throw new ImportProblem("map.zone", name)
            : rules.Zone;
        var total = new ImportTally();
        var trial = dryRun ? new Trial() : null;
        foreach (var batch in new ImportReader(map, zone).Read(file).Where(d => d.LastLine > afterLine).Chunk(DocumentsAtOnce))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                var tally = await StoreAsync(batch, map, rules.Programme.Currency, trial, inBatch, cancel);
                if (dryRun && outside is not null)
                    await outside(tally);
                total.Add(tally);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                BatchFailed(e, batch[0].FirstLine, batch[^1].LastLine);
                foreach (var document in batch)
                    total.Add(await StoreAloneAsync(document, map, rules.Programme.Currency, trial, inBatch, outside, cancel));
            }
        }
        return total;
    }

    /// <summary>A document that spoiled its batch is tried by itself, so that it spoils only itself.</summary>
    private async Task<ImportTally> StoreAloneAsync(
        ImportDocument document, ImportMap map, Currency currency, Trial? trial, Func<RewardingWork, ImportTally, Task>? inBatch, Func<ImportTally, Task>? outside, CancellationToken cancel)
    {
        ImportTally tally;
        try
        {
            tally = await StoreAsync([document], map, currency, trial, inBatch, cancel);
            if (trial is null)
                return tally;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            DocumentFailed(e, document.FirstLine);
            tally = new();
            Count(tally, document, new LineRefusal(document.FirstLine, document.Reference, "unexpected", null));
        }
        if (outside is not null)
            await outside(tally);
        return tally;
    }

    private async Task<ImportTally> StoreAsync(
        ImportDocument[] batch, ImportMap map, Currency currency, Trial? trial, Func<RewardingWork, ImportTally, Task>? inBatch, CancellationToken cancel)
    {
        var tally = new ImportTally();
        await using var work = await rewards.BeginAsync(cancel);
        work.ManyRows();
        var known = await KnownAsync(work, batch, trial, cancel);
        var members = await MembersAsync(work, batch, trial, tally, cancel);
        foreach (var document in batch)
            Count(tally, document, await StoreAsync(work, document, map, currency, known, members, tally, cancel));
        if (inBatch is not null)
            await inBatch(work, tally);
        if (trial is null)
            await work.CommitAsync(cancel);
        trial?.Note(members.Keys);
        trial?.Note(known);
        return tally;
    }

    /// <returns>The refusal of the whole document; null when it is stored or known.</returns>
    private async Task<LineRefusal?> StoreAsync(
        RewardingWork work, ImportDocument document, ImportMap map, Currency currency,
        Dictionary<(string, string), string> known, Dictionary<string, MemberId> members, ImportTally tally, CancellationToken cancel)
    {
        if (document.IsEmpty)
            return document.Refused is [var only, ..] ? only with { Code = "document.empty" } : new(document.FirstLine, document.Reference, "document.empty", null);
        var member = document.Customer is { } customer ? members[customer] : (MemberId?)null;
        Activity activity = document.IsRefund ? document.ToRefund(member, map.Channel) : document.ToPurchase(member, currency, map.Channel);
        if (known.TryGetValue((activity.Type, activity.Reference), out var hash))
        {
            if (hash != Decider.HashOf(activity)
                && (await Decider.KnownAsync(work.Db, activity.Type, activity.Reference, cancel) is not { } stored || !Decider.IsRepeat(stored, activity)))
                return new(document.FirstLine, document.Reference, "reference.conflict", null);
            tally.Known++;
            return null;
        }
        var refusals = activity is Refund refund
            ? (await recordRefund.HandleAsync(work, refund, "import", cancel, isNew: true)).Refusals
            : (await recordPurchase.HandleAsync(work, (Purchase)activity, "import", cancel, isNew: true)).Refusals;
        if (refusals.Count > 0)
            return new(document.FirstLine, document.Reference, refusals[0].Code, refusals[0].Field);
        known[(activity.Type, activity.Reference)] = Decider.HashOf(activity);
        if (document.IsRefund)
            tally.Refunds++;
        else
            tally.Purchases++;
        return null;
    }

    private static void Count(ImportTally tally, ImportDocument document, LineRefusal? refusal)
    {
        var refusedLines = document.Refused.Count;
        var taken = document.Goods.Count + document.NotGoods.Count;
        tally.Documents++;
        tally.Lines += refusedLines + taken;
        tally.LastLine = Math.Max(tally.LastLine, document.LastLine);
        tally.Refusals.AddRange(document.Refused);
        if (refusal is null)
        {
            tally.LinesTaken += taken;
            tally.LinesRefused += refusedLines;
            return;
        }
        tally.Refused++;
        tally.LinesRefused += refusedLines + taken;
        if (taken > 0)
            tally.Refusals.AddRange(document.Goods.Concat(document.NotGoods).OrderBy(l => l.Line).Select(l => refusal with { Line = l.Line }));
    }

    private static async Task<Dictionary<(string, string), string>> KnownAsync(RewardingWork work, ImportDocument[] batch, Trial? trial, CancellationToken cancel)
    {
        var references = batch.Select(d => d.Reference).Distinct().ToList();
        var known = await work.Db.Set<ActivityRow>().AsNoTracking()
            .Where(a => (a.Type == ActivityTypes.Purchase || a.Type == ActivityTypes.Refund) && references.Contains(a.Reference))
            .ToDictionaryAsync(a => (a.Type, a.Reference), a => a.ContentHash, cancel);
        if (trial is not null)
        {
            foreach (var document in references.SelectMany(r => new[] { (ActivityTypes.Purchase, r), (ActivityTypes.Refund, r) }))
            {
                if (trial.TryGet(document, out var hash))
                    known.TryAdd(document, hash);
            }
        }
        return known;
    }

    /// <summary>Members by the shop's own number; unknown ones are added without a sign-in, to be claimed later.</summary>
    private static async Task<Dictionary<string, MemberId>> MembersAsync(RewardingWork work, ImportDocument[] batch, Trial? trial, ImportTally tally, CancellationToken cancel)
    {
        var numbers = batch.Where(d => d.Customer is not null && !d.IsEmpty).GroupBy(d => d.Customer!).ToDictionary(g => g.Key, g => g.Min(d => d.OccurredAt));
        var keys = numbers.Keys.ToList();
        var members = await work.Db.Set<MemberRow>().Where(m => keys.Contains(m.ExternalNumber!)).Select(m => new { m.ExternalNumber, Id = m.MergedIntoId ?? m.Id })
            .ToDictionaryAsync(m => m.ExternalNumber!, m => m.Id, StringComparer.Ordinal, cancel);
        await work.LoadAsync(members.Values, cancel, credits: true);
        foreach (var (number, first) in numbers.Where(n => !members.ContainsKey(n.Key)))
        {
            members[number] = work.Add(new MemberRow { CardCode = CardCode.New(), ExternalNumber = number, JoinedAt = first }).Id;
            if (trial?.Has(number) != true)
                tally.MembersAdded++;
        }
        return members;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Import: lines {First} to {Last} could not be stored together; each document is tried alone.")]
    private partial void BatchFailed(Exception e, long first, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import: the document at line {Line} could not be stored.")]
    private partial void DocumentFailed(Exception e, long line);
}

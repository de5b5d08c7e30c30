import { rmSync, mkdirSync } from 'node:fs';
import { openDatabase } from '@math-labeler/storage';
import { EmbeddedBroker } from './dist/embedded-broker.js';
mkdirSync('/tmp/a/b',{recursive:true});
const headers={ce_id:'x'.repeat(36),ce_type:'problem.ingested.v1',ce_source:'ingestion',ce_time:new Date().toISOString(),ce_correlationid:'y'.repeat(36)};
for (const kb of [1,3]) for (const batch of [1,16,64]) {
  rmSync('/tmp/a/b',{recursive:true,force:true});
  const db=openDatabase('/tmp/a/b/l.sqlite'); const broker=new EmbeddedBroker(db);
  await broker.createTopics([{name:'t',partitions:8,retentionHours:1}]);
  const sub=await broker.subscribe('g',['t']);
  const total=batch===1?4000:24000; const value=Buffer.alloc(kb*1024,97);
  const run=async (N)=>{ let taken=0;
    const consumer=(async()=>{ let commits=[]; while(taken<N){const r=await sub.take(64); taken+=r.length; const last=new Map(r.map(x=>[x.partition,x])); commits.push(sub.commit([...last.values()].map(x=>({topic:'t',partition:x.partition,offset:x.offset+1}))));} await Promise.all(commits); })();
    for(let i=0;i<N;i+=batch) await broker.publish(Array.from({length:Math.min(batch,N-i)},(_,j)=>({topic:'t',key:'k'+(i+j),headers,value})));
    await consumer; };
  await run(2048); const cpu=process.cpuUsage(); let t=performance.now(); await run(total); const ms=performance.now()-t; const c=process.cpuUsage(cpu);
  console.log(`${kb} KB batch ${batch}: ${(total/ms*1000).toFixed(0)} records/s, ${((c.user+c.system)/total).toFixed(1)} us CPU/record`);
  if (kb===3&&batch===1){ const lat=[]; for(let i=0;i<1000;i++){ const tk=sub.take(1); t=performance.now(); broker.publish([{topic:'t',key:'k'+i,headers,value}]); await tk; lat.push(performance.now()-t);} lat.sort((a,b)=>a-b); console.log('hop ms p50',lat[500].toFixed(2),'p95',lat[950].toFixed(2),'p99',lat[990].toFixed(2)); }
  if (kb===3&&batch===64){ t=performance.now(); await Promise.all(Array.from({length:64},async(_,w)=>{for(let i=0;i<200;i++) await broker.publish([{topic:'t',key:'w'+w+i,headers,value}]);})); console.log('64 writers x 1 record:',(12800/(performance.now()-t)*1000).toFixed(0),'records/s'); }
  await broker.close(); db.close();
}
console.log('rss MB',(process.memoryUsage().rss/2**20).toFixed(0));
